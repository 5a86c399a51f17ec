// People of one list who are called the same are told apart, wherever one of them is picked.

export interface Named {
  displayName: string
  belongs?: string // unit or community
}

/** 张伟（县医院）, 张伟（县税务局）: who is called as somebody else of the list has what they belong to behind the name; where that
 *  is the same, too, they are counted. Everybody else is called as before. */
export function toldApart<T extends Named>(people: T[]): T[] {
  const often = (names: string[], name: string) => names.filter((n) => n === name).length > 1
  const names = people.map((p) => p.displayName)
  const longer = people.map((p) => (often(names, p.displayName) && p.belongs ? `${p.displayName}（${p.belongs}）` : p.displayName))
  const seen = new Map<string, number>()
  return people.map((p, i) => {
    const name = longer[i]!
    if (!often(longer, name)) return name === p.displayName ? p : { ...p, displayName: name }
    seen.set(name, (seen.get(name) ?? 0) + 1)
    return { ...p, displayName: `${name}（第 ${seen.get(name)} 位）` }
  })
}
