// How a certificate stands, in words.
import type { Certificate } from '@/services/types'
import type { Word } from './index'

export function certificateWord(c: Certificate): Word {
  if (c.status === 'revoked') return { text: '已作废', family: 'rest' }
  return c.superseded ? { text: '时长改过，请重开', family: 'fix' } : { text: '有效', family: 'done' }
}
