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

export const readyDone = ['东西送到了，也教会怎么用了。', '修好了，试过没有问题。', '陪着去了，人已经平安到家。', '问清楚了，办法也讲明白了。']

export const readyThanks = ['办得又快又好，谢谢！', '人很和气，辛苦了。', '帮了大忙，暖心。']
