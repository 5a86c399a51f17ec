// One sentence of what now happens, after each deed: the usual one and the elder view's short one.

export type Deed =
  | 'claimed' | 'joined' | 'delivered' | 'released' | 'notYet' | 'nobodyCame' | 'undone' | 'withdrawn'
  | 'published' | 'approved' | 'declined' | 'rejected' | 'returned' | 'replaced'
  | 'kept' | 'blurred' | 'removed'
  | 'credited' | 'notCredited' | 'admitted' | 'notAdmitted' | 'answered' | 'dismissed' | 'corrected' | 'left' | 'unqueued'

export const afterWords: Record<Deed, [string, string]> = {
  claimed: ['认领好了，等社区同意。三天没有定，就请街道来定。', '认领好了，等社区同意。'],
  joined: ['答应了。等社区同意以后，一起去办。', '答应了，一起去办。'],
  delivered: ['登记好了，等居民说办好了没有。三天没有答复，社区会打电话问。', '登记好了，等居民确认。'],
  released: ['退回了，心愿重新放出来，别的党员可以接着办。', '退回了，别人接着办。'],
  notYet: ['告诉他们了。他们接着办，办好了再请您看。', '告诉他们了，接着办。'],
  nobodyCame: ['告诉社区了。社区会两边都问，再定下来。', '告诉社区了，社区来问。'],
  undone: ['改回来了，积分也收回了。请再看看办好了没有。', '改回来了，请再看看。'],
  withdrawn: ['撤回了，大家看不到这个心愿了。', '撤回了。'],
  published: ['公布了，等党员认领。', '公布了，等人认领。'],
  approved: ['同意了，认领的党员现在可以联系居民。', '同意了，党员去联系。'],
  declined: ['告诉认领的党员了，心愿重新放出来。', '告诉党员了，再放出来。'],
  rejected: ['告诉居民了，改好会再送来。', '告诉居民了。'],
  returned: ['请党员接着办了，办好会再请居民确认。', '请党员接着办了。'],
  credited: ['同意了，本人在“消息”里能看到。', '同意了，本人能看到。'],
  notCredited: ['没有记，理由告诉他们了。', '没有记，告诉他们了。'],
  admitted: ['同意报到了，现在就能认领心愿。', '同意报到了。'],
  notAdmitted: ['没有同意，理由告诉本人了。', '没有同意，告诉本人了。'],
  answered: ['答复了，写的人打开这里就能看到。', '答复了。'],
  dismissed: ['没有改，理由告诉本人了。', '没有改，告诉本人了。'],
  corrected: ['改过来了，本人在“消息”里能看到。', '改过来了。'],
  kept: ['通过了，大家看得到了。', '通过了。'],
  blurred: ['打上马赛克了，理由告诉本人了。', '打上马赛克了。'],
  removed: ['隐去了，理由告诉本人了。', '隐去了，告诉本人了。'],
  left: ['取消了。想来的话，还可以再报名。', '取消了。'],
  unqueued: ['不排了。想来的话，还可以再排。', '不排了。'],
  replaced: ['告诉原来的党员了，心愿重新放出来。', '心愿再放出来了。'],
}

/** The deeds of staff: what comes next is the next matter that waits. */
export const ofStaff = (deed: Deed): boolean =>
  [
    'published', 'approved', 'declined', 'rejected', 'returned', 'replaced', 'credited', 'notCredited', 'admitted', 'notAdmitted',
    'answered', 'dismissed', 'corrected', 'kept', 'blurred', 'removed',
  ].includes(deed)

/** What leads on to the next matter: 下一件，还有 21. */
export const nextWords = (left: number): string => (left > 1 ? `下一件，还有 ${left} 件` : '下一件，最后一件')
