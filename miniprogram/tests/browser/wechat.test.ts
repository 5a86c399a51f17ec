// The mini-program as it is built for WeChat, in a simulated WeChat against the real server.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { known } from './places'
import { ask, idleMember, send } from './people'
import { pages, root, wechat } from './wechat'

test('every page is looked at', () => {
  const text = readFileSync(path.join(__dirname, 'places.ts'), 'utf8')
  expect([...known().keys()].filter((page) => !text.includes(`page: '${page}'`))).toEqual([])
  const design = 'design' // for developers alone: no package has it
  expect(pages).toEqual([...known()].filter(([page]) => page !== design).map(([, file]) => file))
})

test('a form says what is wrong at its fields, and sends when nothing is', async () => {
  await send('resident-2', 'DELETE', 'me/contact')
  await send('resident-2', 'PATCH', 'me', { elderView: true }) // as another phone of hers may have left it
  const phone = wechat(inject('base'), 'resident-2')
  const post = await phone.visit('pages/wish/post')
  await post.tap('[class*=one]', '物品需求')
  await post.tap('[class*=btn]', '下一步')
  expect(post.text()).toContain('用一句话说说您想要什么')
  await post.type('一句话说清', '想要一只热水袋')
  await post.type('再说几句', '冬天脚冷，平时都在家。')
  await post.tap('[class*=btn]', '下一步')
  await post.type('怎么称呼', '周玉兰')
  await post.type('电话', '123')
  await post.type('住址', '茂山新村 5 栋 1 单元 202')
  await post.tap('[class*=btn]', '下一步')
  expect(post.text()).toContain('请写 11 位手机号')
  expect(post.text()).toContain('同意的话，请在方框里打勾')
  expect(phone.ways).toEqual([])
  await post.type('电话', '13800005678')
  await post.tap('[class*=from-top]', '同意把电话、住址给来帮忙的人看')
  await post.tap('[class*=btn]', '下一步')
  await post.tap('[class*=btn]', '交给社区')
  expect(phone.ways).toEqual([expect.stringMatching(/^\/pages\/wish\/wish\?id=\d+&posted=1$/)])
  post.close()
  expect(JSON.stringify([...phone.storage])).not.toMatch(/13800005678|茂山新村/) // what reaches people is not kept on the phone

  const reason = await phone.visit('pages/approval/reason', { what: 'release', id: '1' })
  await reason.tap('[class*=btn]', '退回')
  expect(reason.text()).toContain('请选一条理由')
  expect(phone.faults).toEqual([])
})

test('taps lead on: a card to its wish, a tab to other wishes, the switch to large letters', async () => {
  const phone = wechat(inject('base'), await idleMember())
  const hall = await phone.visit('pages/wish/hall')
  await hall.tap('[class*=pill]', '等人认领')
  await hall.tap('[class*=pill]', '已圆心愿')
  expect(hall.text()).toContain('已圆心愿')
  await hall.tap('[class*=card]', '第 ')
  expect(phone.ways).toEqual([expect.stringMatching(/^\/pages\/wish\/wish\?id=\d+$/)])
  hall.close()
  const mine = await phone.visit('pages/me/mine')
  expect(mine.html()).not.toContain('view-elder')
  await mine.tap('[class*=item]', '大字版')
  expect(mine.html()).toContain('view-elder')
  expect(phone.faults).toEqual([])
})

test('who gives their number finds it in 我的, and who does not loses nothing', async () => {
  const phone = wechat(inject('base'), 'member-44')
  const mine = await phone.visit('pages/me/mine')
  await mine.answer('用微信的手机号', 'getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' })
  expect(mine.text()).toContain('没有给也没关系')
  await mine.answer('用微信的手机号', 'getphonenumber', { code: 'demo-phone-member-44' })
  const { phoneMasked } = await ask<{ phoneMasked: string }>('member-44', 'me')
  expect(phoneMasked).toMatch(/^1\d\d\*+\d+$/)
  expect(mine.text()).toContain(phoneMasked)
  expect(mine.text()).toContain('换一个手机号')
  expect(phone.faults).toEqual([])
})

test('a name is chosen in the field of WeChat\'s own, which takes away what it does not let pass', async () => {
  const phone = wechat(inject('base'), 'member-45')
  const name = await phone.visit('pages/me/name')
  expect(readFileSync(path.join(root, 'components/ui/XyField.wxml'), 'utf8')).toMatch(/<input[^>]*type="nickname"[^>]*bindnicknamereview/)
  await name.type('称呼', '坏名字')
  await name.judge('称呼', false)
  await name.tap('[class*=btn]', '就这样称呼')
  expect(name.text()).toContain('写一个称呼。')
  await name.type('称呼', '修伞的老赵')
  await name.tap('[class*=btn]', '就这样称呼')
  const me = await ask<{ displayName: string; waitingName?: string }>('member-45', 'me')
  expect([me.displayName, me.waitingName]).toContain('修伞的老赵')
  expect(phone.faults).toEqual([])
})
