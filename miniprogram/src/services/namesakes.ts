// People of one list who are called the same are told apart, wherever one of them is picked.

export interface Named {
  userId?: string // whoever stands in the list more than once is no namesake of themself
  displayName: string
  belongs?: string // unit or community
}

/** 张伟（县医院）, 张伟（县税务局）: who is called as somebody else of the list has what they belong to behind the name; where that
 *  is the same, too, they are counted. Everybody else is called as before. */
export function toldApart<T extends Named>(rows: T[]): T[] {
  const people = [...new Map(rows.map((row, i) => [row.userId ?? i, row])).values()]
  const names = namesOf(people)
  const nameOf = new Map(people.map((p, i) => [p.userId ?? rows.indexOf(p), names[i]!]))
  return rows.map((row, i) => {
    const displayName = nameOf.get(row.userId ?? i)!
    return displayName === row.displayName ? row : { ...row, displayName }
  })
}

function namesOf(people: Named[]): string[] {
  const often = (names: string[], name: string) => names.filter((n) => n === name).length > 1
  const names = people.map((p) => p.displayName)
  const longer = people.map((p) => (often(names, p.displayName) && p.belongs ? `${p.displayName}（${p.belongs}）` : p.displayName))
  const seen = new Map<string, number>()
  return longer.map((name) => {
    if (!often(longer, name)) return name
    seen.set(name, (seen.get(name) ?? 0) + 1)
    return `${name}（第 ${seen.get(name)} 位）`
  })
}
