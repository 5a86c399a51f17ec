// The lists of co-building (共建清单): read from what there is, at a place and below it.
import { get, show } from './http'
import type { CoBuildingItem, CoBuildingList, Page } from './types'

const query = (nodeId?: string) => (nodeId ? `&nodeId=${nodeId}` : '')

export const lists = {
  /** Without a node, of the county. */
  page: (list: CoBuildingList, nodeId?: string, cursor?: string) =>
    get<Page<CoBuildingItem> & { mayExport?: boolean }>('/lists', { list, nodeId, cursor }),
  take: (nodeId: string | undefined, kind: 'pdf' | 'xlsx') => show(`/lists/export?format=${kind}${query(nodeId)}`, kind),
}
