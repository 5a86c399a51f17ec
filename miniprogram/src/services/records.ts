// Service that is on record.
import { get } from './http'
import { write } from './writes'
import type { Page, RecordDetail, SelfReport, ServiceRecord } from './types'

export const records = {
  mine: (cursor?: string) => get<Page<ServiceRecord>>('/service-records', { mine: true, cursor }),
  get: (id: string) => get<RecordDetail>(`/service-records/${id}`),
  report: (body: SelfReport) =>
    write<ServiceRecord>({ slot: 'selfreport', label: '您报的服务', method: 'POST', path: '/service-records', body }),
}
