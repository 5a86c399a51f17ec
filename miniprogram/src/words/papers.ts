// How a certificate stands, in words.
import type { Certificate } from '@/services/types'
import type { Word } from './index'

export const certificateWords: Record<Certificate['status'], Word> = {
  issued: { text: '有效', family: 'done' },
  revoked: { text: '已作废', family: 'rest' },
}

export const certificateWord = (c: Certificate): Word =>
  c.status === 'issued' && c.superseded ? { text: '时长改过，请重开', family: 'fix' } : certificateWords[c.status]
