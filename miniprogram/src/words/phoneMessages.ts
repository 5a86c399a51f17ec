// What is said of messages that WeChat brings to the phone.
import type { MessagePurpose, MessageStatus } from '@/services/types'
import type { Icon } from './icons'

export const purposes: Record<MessagePurpose, { name: string; icon: Icon; text: string; short: string }> = {
  progress: { name: '办事有进展', icon: 'heart', text: '办好了请您看、报名轮到您、报到通过了，都发一条。', short: '有进展，发一条。' },
  work: { name: '等我处理的', icon: 'tray', text: '每天早上说一次有几件事等您；等了三天的事报到您这里，当时就说。', short: '每天早上说一次。' },
}

/** How many more messages there are to come. */
export const leftWords = (accepts: number, longTerm: boolean): string =>
  longTerm ? (accepts ? '已经打开' : '还没有打开') : accepts ? `还会发您 ${accepts} 条` : '现在不会发'

export const sentWords: Record<MessageStatus, string> = {
  sent: '发出了', refused: '您在微信里关掉了，没有发', failed: '微信没有发成，请看“消息”', uncertain: '不知道到了没有，请看“消息”',
}
