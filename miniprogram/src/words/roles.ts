// What roles and posts are called, and what each may do.
import type { Me, Role } from '@/services/types'

export const roleNames: Record<Role, string> = {
  secretary: '书记', street: '街道', county: '县里', auditor: '审计', grid_leader: '网格长', grid_worker: '网格员',
  property_worker: '物业人员', building_head: '楼栋长', unit_head: '单元长', centre_household: '中心户', unit_liaison: '单位联络员',
  responder: '接单人', area_leader: '包保领导',
}

const records = '替不方便的居民许愿，回访时记下居民的答复。'

/** What a role lets its holder do, in a sentence. */
export const roleDuties: Record<Role, string> = {
  secretary: '核实心愿，同意认领和报到，确认时长，看本社区居民的联系方式，给本社区的人岗位。',
  street: '管街道里的各社区，给社区书记，社区三天没办的事由街道来办，看联系方式要写原因。',
  county: '管全县，给街道和审计，看联系方式要写原因。',
  auditor: '只看不办，看不到联系方式。',
  grid_leader: '管一个网格。' + records + '看得到本社区还没公开的心愿，可以受书记委托。',
  grid_worker: '在一个网格里跑。能做的和网格长一样，也可以受书记委托。',
  building_head: '照看一栋楼。' + records, unit_head: '照看一个单元。能做的和楼栋长一样。',
  centre_household: '照看左右邻居。能做的和楼栋长一样。', property_worker: '物业公司的人。能做的和楼栋长一样。',
  unit_liaison: '看本单位党员的服务，下载服务卡，看不到联系方式。',
  responder: '替单位接派来的单子：接下、退回、写办理情况。',
  area_leader: '包保这个地方，夜访时记下大家说的事，不做决定。',
}

/** A role at its place, as the server names it too: 茂山社区书记, 茂山街道负责人, 第二网格员. What the place's name says already is not said twice. */
export function postWords(p: Pick<Me['roles'][number], 'role' | 'nodeName'>): string {
  const title = p.role === 'street' || p.role === 'county' ? '负责人' : roleNames[p.role]
  for (let n = title.length; n > 0; n--) if (p.nodeName.endsWith(title.slice(0, n))) return p.nodeName + title.slice(n)
  return p.nodeName + title
}
