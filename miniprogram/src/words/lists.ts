// The words of the lists of co-building.
import type { CoBuildingItem, CoBuildingList } from '@/services/types'
import { categoryName, needWords } from './needs'
import { kindNames } from './offers'
import { projectWords } from './projects'
import type { Word } from '.'

export const listNames: Record<CoBuildingList, string> = { resources: '资源', needs: '需求', projects: '项目', results: '成果' }

export const emptyWords: Record<CoBuildingList, string> = {
  resources: '这里还没有单位开放什么。', needs: '这里没有等着办的事。', projects: '这里还没有项目。', results: '这里还没有居民认可的项目。',
}

/** What kind of thing a line is. */
export const itemKind = (i: CoBuildingItem): string =>
  i.offerKind ? kindNames[i.offerKind] : i.category ? categoryName(i.category) : ''

/** Where a line stands; what is open needs no word. */
export const itemWord = (i: CoBuildingItem): Word | undefined => (i.needStatus ? needWords[i.needStatus] : i.projectStatus ? projectWords[i.projectStatus] : undefined)

/** The page of a line. */
export const itemPage = (i: CoBuildingItem) => (i.projectStatus ? 'project' as const : i.needStatus ? 'need' as const : 'offer' as const)
