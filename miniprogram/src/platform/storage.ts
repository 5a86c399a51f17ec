// What the phone keeps. A full storage loses kept pages, and nothing else: the rest lives on in memory.
import { persona } from './persona'

const named = (key: string) => `xinyuan/${persona()}/${key}`
const folder = 'page/' // of what is only kept to be seen without a network
const unstored = new Map<string, unknown>() // what the storage did not take

function read(name: string): unknown {
  try {
    const value: unknown = uni.getStorageSync(name)
    return value === '' ? undefined : value
  } catch {
    return undefined
  }
}

function store(name: string, value: unknown): boolean {
  try {
    uni.setStorageSync(name, value)
    return true
  } catch {
    return false
  }
}

function remove(name: string): void {
  try {
    uni.removeStorageSync(name)
  } catch {
    // it is unreadable then, too
  }
}

/** The names of all that is stored, of everybody who uses this phone. */
function allStored(): string[] {
  try {
    return uni.getStorageInfoSync().keys.filter((name) => name.startsWith('xinyuan/'))
  } catch {
    return []
  }
}

/** Those of pages. */
const stored = (): string[] => allStored().filter((name) => name.split('/')[2] + '/' === folder)

/** What is kept on this phone, for the person who uses it. */
export const storage = {
  get<T>(key: string): T | undefined {
    const name = named(key)
    return (unstored.has(name) ? unstored.get(name) : read(name)) as T | undefined
  },
  /** Keeps a value. A full storage gives its pages for it; where that is not enough, it lives as long as the program. */
  set(key: string, value: unknown): void {
    const name = named(key)
    unstored.delete(name)
    if (store(name, value)) return
    stored().forEach(remove)
    if (!store(name, value)) unstored.set(name, value)
  },
  drop(key: string): void {
    unstored.delete(named(key))
    remove(named(key))
  },
  /** Drops all that begins so, of the person who uses this phone. */
  dropAll(beginning: string): void {
    const mine = named(beginning)
    for (const name of [...unstored.keys(), ...allStored()]) {
      if (!name.startsWith(mine)) continue
      unstored.delete(name)
      remove(name)
    }
  },
}

/** Pages as they were last seen. Any of them may be gone at any time. */
export const storedPages = {
  get: <T>(key: string): T | undefined => read(named(folder + key)) as T | undefined,
  set: (key: string, value: unknown): boolean => store(named(folder + key), value),
  drop: (key: string): void => remove(named(folder + key)),
  /** The keys of the person who uses this phone. */
  keys: (): string[] => {
    const mine = named(folder)
    return stored().filter((name) => name.startsWith(mine)).map((name) => name.slice(mine.length))
  },
}
