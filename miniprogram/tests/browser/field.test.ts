// A volunteer's day: a place on the waitlist that becomes one in the activity, coming and going with the leader's
// digits, with and without a network.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { ask, button, open, phone, settled, signUp, visit } from './people'
import { announce, digits, found, pass, sameDay, settle } from './service'

interface CheckIns { items: { inMode: string; outAt?: string; outMode?: string }[] }
const artefacts = path.resolve(__dirname, '../../artefacts')
const leader = 'member-9'
const code = '输入队长手机上的 8 位数字'
let browser: Browser
let team: string
beforeAll(async () => {
  mkdirSync(artefacts, { recursive: true })
  browser = await open()
  team = await found('磨剪刀服务队', leader)
})
afterAll(() => browser.close())
const picture = (name: string) => ({ path: path.join(artefacts, `field-${name}.png`), fullPage: true })

test('who waits moves up, checks in by digits, checks out, and sees the minutes', async () => {
  const id = await announce(team, leader, '免费磨剪刀、修雨伞', 20, 1)
  const a = await phone(browser, 'resident')
  const b = await phone(browser, 'resident-2', { elder: true })

  await visit(a.page, 'activities')
  await a.page.getByRole('link').filter({ hasText: '免费磨剪刀、修雨伞' }).click()
  await a.page.screenshot(picture('open'))
  await signUp(a.page, '我要报名', a.page.getByText('名额给您留着。'))

  await visit(b.page, 'activity?id=' + id)
  await signUp(b.page, '排进候补', b.page.getByText('您排在候补第 1 位', { exact: false }))
  await b.page.screenshot(picture('waiting-elder'))

  await button(a.page, '来不了，取消报名').click()
  await a.page.getByText('名额会让给别人', { exact: false }).waitFor()
  await button(a.page, '取消报名').last().click()
  await a.page.getByText('取消了。想来的话，还可以再报名。').waitFor()
  await button(a.page, '排进候补').waitFor()

  await visit(b.page, 'home')
  await b.page.screenshot(picture('home-elder'))
  await button(b.page, '去签到').first().waitFor()
  await visit(b.page, 'checkin?id=' + id)
  await settled(b.page)
  const input = b.page.getByLabel('输入队长的 8 位数字')
  await input.fill('0000 0000')
  await b.page.getByRole('alert').waitFor()
  await b.page.screenshot(picture('wrong-elder'))
  await input.fill(await digits(leader, id))
  await b.page.getByText(/^签到了 \d{1,2}:\d\d$/).waitFor()
  expect(await b.page.getByRole('textbox').count()).toBe(0)
  await b.page.screenshot(picture('inside-elder'))
  await button(b.page, '我要走了').click()
  await b.page.getByText(/才来了 \d 分钟/).waitFor()
  expect(await b.page.getByRole('textbox').count()).toBe(0)
  await b.page.screenshot(picture('hardly-elder'))
  await button(b.page, '先不走').click()
  await pass(60)
  await b.page.reload()
  await settled(b.page)
  expect(await b.page.getByRole('textbox').count()).toBe(0)
  await button(b.page, '我要走了').click()
  await input.fill(await digits(leader, id))
  await b.page.getByText('40 分钟', { exact: true }).waitFor()
  await b.page.screenshot(picture('out-elder'))
  expect([...a.faults, ...b.faults]).toEqual([])
  await Promise.all([a.context.close(), b.context.close()])
})

test('without a network the code is kept and sent once, after the network is back', async () => {
  const id = await announce(team, leader, '给楼道换灯泡', 10, 5)
  await ask('resident', `activities/${id}/signups`, { overlap: true })
  const p = await phone(browser, 'resident')
  let sent = 0
  const keys = new Set<string>()
  p.page.on('response', (r) => {
    if (!r.url().endsWith('/checkins') || r.request().method() !== 'POST') return
    sent++
    keys.add(r.request().headers()['idempotency-key']!)
  })
  await visit(p.page, 'checkin?id=' + id)
  const shown = await digits(leader, id)
  await p.context.setOffline(true)
  await p.page.getByLabel(code).fill(shown)
  await p.page.getByText('离线的签到要队长确认才算').waitFor()
  await p.page.screenshot(picture('offline'))
  await pass(5)
  await p.context.setOffline(false)
  await p.page.getByText('签到了（离线，要队长确认）').waitFor()
  await p.page.screenshot(picture('sent'))
  const { items } = await ask<CheckIns>('resident', `activities/${id}/checkins`)
  expect(items.map((c) => [c.inMode, c.outAt])).toEqual([['offline', undefined]])
  expect([sent, keys.size]).toEqual([1, 1])

  await button(p.page, '我要走了').click()
  await button(p.page, '真的要走').click()
  await p.page.getByLabel(code).fill(await digits(leader, id))
  await p.page.getByText('签退了', { exact: false }).waitFor()
  const after = await ask<CheckIns>('resident', `activities/${id}/checkins`)
  expect(after.items.map((c) => [c.inMode, c.outMode])).toEqual([['offline', 'live']])
  expect(p.faults).toEqual([])
  await p.context.close()
})

test('who asks to join a team waits for its leader, and may take it back', async () => {
  const p = await phone(browser, 'resident-2')
  await visit(p.page, 'teams')
  await p.page.getByRole('link').filter({ hasText: '磨剪刀服务队' }).click()
  await button(p.page, '我要加入').click()
  await p.page.getByText('等队长同意，打开这里就能看到。').waitFor()
  await p.page.screenshot(picture('team'))
  await button(p.page, '收回申请').click()
  await button(p.page, '收回申请').click()
  await button(p.page, '我要加入').waitFor()
  const { code: invitation } = await ask<{ code: string }>(leader, `teams/${team}/invitation`)
  await visit(p.page, 'home')
  await visit(p.page, `team?id=${team}&code=${invitation}`)
  await button(p.page, '接受邀请，加入').click()
  await p.page.getByText('已加入', { exact: true }).waitFor()
  expect(p.faults).toEqual([])
  await p.context.close()
})

test('service that nobody wrote down is timed while the program is closed, and waits for the community', async () => {
  const p = await phone(browser, 'resident')
  await visit(p.page, 'records')
  await button(p.page, '报一次自己做的服务').click()
  await button(p.page, '现在才开始做，给我计时').click()
  await pass(45)
  await p.page.reload()
  await settled(p.page)
  await p.page.getByText(/^4[45] 分钟$/).waitFor() // the server tells whole seconds
  await p.page.screenshot(picture('timer'))
  await button(p.page, '做完了，停下来').click()
  await button(p.page, '请社区确认').click()
  await p.page.getByText('写几个字，做了什么。').waitFor()
  await button(p.page, '打扫楼道').click()
  await p.page.getByLabel('怎么做的').fill('从六楼扫到一楼，扶手也擦了。')
  await p.page.screenshot(picture('selfreport'))
  await button(p.page, '请社区确认').click()
  await p.page.getByText('报上去了', { exact: false }).waitFor()
  await p.page.getByText('等茂山社区确认').waitFor()
  await p.page.screenshot(picture('record'))
  expect(p.faults).toEqual([])
  await p.context.close()
})

test('who was there and is written down as absent says so; who served sees the hours', async () => {
  await sameDay(150)
  const id = await announce(team, leader, '清理小广场', 10, 5)
  for (const who of ['member-20', 'member-21']) await ask(who, `activities/${id}/signups`, { overlap: true })
  await ask('member-20', `activities/${id}/checkins`, { code: await digits(leader, id) })
  await pass(140)
  await ask('member-20', `activities/${id}/checkouts`, { code: await digits(leader, id) })
  await settle(leader, id)

  const a = await phone(browser, 'member-20', { elder: false })
  await visit(a.page, 'records')
  await a.page.getByText('2 小时', { exact: true }).first().waitFor()
  await a.page.screenshot(picture('records'))
  await a.page.getByRole('link').filter({ hasText: '清理小广场' }).click()
  await a.page.getByText('已记入', { exact: true }).waitFor()
  await button(a.page, '时长不对').click()
  await a.page.getByText('我来得早一些。').click()
  await a.page.screenshot(picture('objecting'))
  await button(a.page, '请社区看一看').click()
  await a.page.getByText('等答复', { exact: true }).waitFor()

  const b = await phone(browser, 'member-21', { elder: true })
  await visit(b.page, 'activity?id=' + id)
  await button(b.page, '我到了，记错了').click()
  await b.page.getByText('我到了，忘了签到。').click()
  await button(b.page, '请社区看一看').click()
  await b.page.getByText('等答复', { exact: true }).waitFor()
  await b.page.screenshot(picture('absent-elder'))
  expect([...a.faults, ...b.faults]).toEqual([])
  await Promise.all([a.context.close(), b.context.close()])
})
