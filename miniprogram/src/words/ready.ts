// Ready sentences instead of typing: for wishes by their kind, for what was done, and for reasons.

const asks: Record<string, string[]> = {
  goods: ['想要一把洗澡用的椅子', '想要一副老花镜', '想要一个夜里起床用的小灯'],
  repair: ['厨房灯不亮了，想请人换灯管', '水龙头滴水，想请人修一修', '门锁不好开，想请人看看'],
  errand: ['想请人帮忙取一次药', '想请人帮忙交一次水电费', '东西太重，想请人帮忙搬上楼'],
  company: ['想有人来说说话', '想找人陪着散散步', '想请人教下棋'],
  study: ['想给孩子找一套旧课本', '想请人辅导孩子写作业', '想给孩子找个安静的地方看书'],
  phone: ['想学会和孩子视频', '手机字太小，想调大一点', '想学会用手机挂号'],
  law: ['想问问遗嘱怎么写', '总接到推销电话，想问问怎么办', '想问问能不能申请补贴'],
  health: ['想找人陪同就医', '想请人帮着量血压', '想学会给老伴翻身'],
  hardship: ['家里一时困难，想请社区来看看', '想要一床厚被子', '想问问有什么帮扶'],
}
const whys = ['自己弄不了，麻烦来看看。', '用了很久，坏了。', '来之前请先打个电话。']

export const readyAsks = (kind: string): string[] => asks[kind] ?? ['有件小事想请人帮忙']
export const readyWhys = (): string[] => whys

const lacks: Record<string, string[]> = {
  goods: ['东西还没有送到。', '送来的东西不合用，请换一换。'],
  repair: ['修好又坏了，请再来看看。', '还没有修完。'],
  errand: ['事情只办了一部分。', '还没有去办。'],
  company: ['约好的日子还没有来。', '说好再来的，还没有来。'],
  study: ['只教了一次，还没有学会。', '约好的日子还没有来。'],
  phone: ['教过了，还没有学会。', '手机又不好用了，请再来看看。'],
  law: ['还没有问清楚。', '约好的人还没有来。'],
  health: ['约好的日子还没有来。', '只去了一次，后面的还没有去。'],
  hardship: ['说好的帮扶还没有到。', '还没有人来看过。'],
}

/** What may still be lacking, by the kind of wish; the last fits every kind. */
export const readyLacks = (kind: string): string[] => [...(lacks[kind] ?? []), '人来过了，还没有办完。']

export const readyDone = ['东西送到了，也教会怎么用了。', '修好了，试过没有问题。', '陪着去了，人已经平安到家。', '问清楚了，办法也讲明白了。']

export const readyThanks = ['办得又快又好，谢谢！', '人很和气，辛苦了。', '帮了大忙，暖心。']
