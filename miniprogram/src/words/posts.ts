// What people are in a place: what its name says already is not said twice.
import type { Me } from '@/services/types'

type Post = Me['roles'][number]

const titles: Record<Post['role'], string> = {
  secretary: '书记', street: '负责人', county: '负责人', auditor: '监督员', grid_leader: '网格长', grid_worker: '网格员',
  property_worker: '物管员', building_head: '楼栋长', unit_head: '单元长', centre_household: '党员中心户', unit_liaison: '单位联络员',
}

/** A role at its place, as the server names it too: 茂山社区书记, 茂山街道负责人, 第二网格员. */
export function postWords(p: Pick<Post, 'role' | 'nodeName'>): string {
  const title = titles[p.role]
  for (let n = title.length; n > 0; n--) if (p.nodeName.endsWith(title.slice(0, n))) return p.nodeName + title.slice(n)
  return p.nodeName + title
}
