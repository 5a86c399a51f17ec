// What leaders do beside the day itself: change an activity and the later ones of its series, call one off, confirm what
// another leader may not.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ask, button, ownPhone, phone, pictures, send, visit } from '../people'
import { announce, enlist, found, pass, present, settle, weekly } from '../service'

interface Activity { id: string; title: string; status: string; quota: number; place: { name: string } }
const leader = 'member-11'
const deputy = 'member-12'
const picture = pictures('leader')
const of = (ids: string[]) => Promise.all(ids.map((id) => ask<Activity>(leader, 'activities/' + id)))
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })

test('a leader changes one of a series, then it and all later ones; who signed up is told', async () => {
  const team = await found('滨河清洁队', leader)
  const ids = await weekly(team, leader, '清理河滩')
  expect(ids.length).toBe(4)
  await ask('resident', `activities/${ids[2]}/signups`, { overlap: true })
  const a = await phone(leader)
  const b = await phone('resident', { elder: true })

  await visit(a.page, 'activity?id=' + ids[1])
  await picture(a.page, 'activity')
  await a.page.getByRole('link', { name: '改时间、地点、名额' }).click()
  await button(a.page, '改好这一次').click()
  await a.page.getByText('和原来一样，没有要改的。').waitFor()
  await field(a.page, '要几个人').fill('15')
  await picture(a.page, 'plan-edit')
  await button(a.page, '改好这一次').click()
  await a.page.getByText('一共 15 个', { exact: false }).waitFor()
  expect((await of(ids)).map((x) => x.quota)).toEqual([12, 15, 12, 12])

  await a.page.getByRole('link', { name: '改时间、地点、名额' }).click()
  await a.page.getByRole('radio', { name: '这次和以后每次' }).click()
  await field(a.page, '在哪里集合').fill('滨河公园西门')
  await a.page.getByText('报了名的 1 人打开“消息”就能看到。').waitFor()
  await button(a.page, '改好这次和以后每次').click()
  await a.page.getByText('滨河公园西门').waitFor()
  expect((await of(ids)).map((x) => [x.place.name.slice(-2), x.quota]))
    .toEqual([['东门', 12], ['西门', 15], ['西门', 12], ['西门', 12]])

  await visit(b.page, 'inbox')
  await b.page.getByRole('link').filter({ hasText: '“清理河滩”改了安排' }).first().click()
  await b.page.getByText('滨河公园西门').waitFor()
  expect([...a.faults, ...b.faults]).toEqual([])
  await Promise.all([a.close(), b.close()])
})

test('a leader calls an activity off: the button says how many hear of it, and they do', async () => {
  const team = await found('滨河护绿队', leader)
  const ids = await weekly(team, leader, '给小树浇水')
  await ask('resident', `activities/${ids[1]}/signups`, { overlap: true })
  await ask('resident-2', `activities/${ids[2]}/signups`, { overlap: true })
  const a = await phone(leader, { elder: true })
  const b = await phone('resident')

  await visit(a.page, 'activity?id=' + ids[1])
  await a.page.getByRole('link', { name: '取消这次活动' }).click()
  await button(a.page, '取消这次活动，告诉 1 人').click()
  await a.page.getByText('请选一条理由，或者自己写一句。').waitFor()
  await a.page.getByRole('radio', { name: '这次和以后每次' }).click()
  await button(a.page, '取消这次和以后每次，告诉 2 人').waitFor()
  await a.page.getByRole('radio', { name: '只取消这一次' }).click()
  await a.page.getByRole('radio', { name: '天气不好，改天再办。' }).click()
  await picture(a.page, 'calloff-elder')
  await button(a.page, '取消这次活动，告诉 1 人').click()
  await a.page.getByText('已取消', { exact: true }).waitFor()
  expect((await of(ids)).map((x) => x.status)).toEqual(['published', 'cancelled', 'published', 'published'])

  await visit(b.page, 'inbox')
  const letter = b.page.getByRole('link').filter({ hasText: '“给小树浇水”取消了' }).first()
  await letter.getByText('天气不好，改天再办。', { exact: false }).waitFor()
  await letter.click()
  await b.page.getByText('活动取消了，您不用来了。').waitFor()
  expect([...a.faults, ...b.faults]).toEqual([])
  await Promise.all([a.close(), b.close()])
})

test('a series is planned in plain words, and kept as a draft until its leader publishes all of it', async () => {
  const team = await found('滨河义剪队', leader)
  const a = await ownPhone(leader)
  const from = await present()
  const on = (days: number) => new Date(from + (days * 24 + 8) * 3600000).toISOString().slice(0, 10)
  await a.page.addInitScript(([who, key, day, last]) => {
    const data = { title: '社区义剪', description: '带上理发剪，毛巾社区备。', place: '一楼大厅', day, last, skills: '会理发' }
    localStorage.setItem(`xinyuan/${who}/draft/${key}`, JSON.stringify({ type: 'object', data }))
  }, [leader, 'plan/' + team, on(30), on(430)] as const)
  await visit(a.page, 'plan?team=' + team)
  await a.page.getByRole('radio', { name: '每周' }).click()
  await a.page.getByText(/^每周.重复，到.+日，一共 58 次$/).waitFor()
  await a.page.getByRole('radio', { name: '提前 2 小时' }).click()
  await a.page.getByText(/日 7:00 前都可以报名/).waitFor()
  await picture(a.page, 'plan-series')
  await button(a.page, '先存着，不公布').click()
  await a.page.getByText('一次最多安排一年。').waitFor()
  await a.page.getByRole('radio', { name: '只办一次' }).click()
  await button(a.page, '先存着，不公布').click()
  await a.page.getByRole('link', { name: '不办了' }).click()
  await picture(a.page, 'calloff-draft')
  await button(a.page, '不办了').click()
  await a.page.getByText('已取消', { exact: true }).waitFor()
  expect(a.faults).toEqual([])
  await a.close()
})

test('on the day a leader signs somebody up who is there without a phone, and is told before nobody can', async () => {
  const team = await found('滨河补栽队', leader)
  const id = await announce(team, leader, '补栽小树', 15, 2)
  await ask('member-13', `activities/${id}/signups`, { overlap: true })
  for (const elder of [false, true]) {
    const a = await phone(leader, elder ? { width: 360, height: 640, elder } : {})
    await visit(a.page, 'activity?id=' + id)
    await a.page.getByRole('link', { name: '看名册' }).click()
    await button(a.page, elder ? '替人报名' : '替没有手机的人报名').click()
    await field(a.page, '没有手机的新队员').fill(elder ? '钱桂芝' : '孙玉芬')
    if (elder) { // the places are taken: nobody is promised to be there
      await a.page.getByText('名额满了，会排在候补。').waitFor()
      expect(await a.page.getByRole('checkbox', { name: '人已经到了' }).count()).toBe(0)
      await picture(a.page, 'writedown-full-elder')
      await button(a.page, '替人排候补').click()
      await a.page.getByText('候补 1 人').waitFor()
      expect(await button(a.page, '记到了：钱桂芝').count()).toBe(0)
    } else {
      await a.page.getByRole('checkbox', { name: '人已经到了' }).click()
      await picture(a.page, 'writedown-here')
      await button(a.page, '替人报名').click()
      await a.page.getByText('在场 1 人').waitFor()
      await button(a.page, '记走了：孙玉芬').waitFor()
    }
    await picture(a.page, elder ? 'roll-waiting-elder' : 'roll-here')
    expect(a.faults).toEqual([])
    await a.close()
  }
  const { items } = await ask<{ items: { displayName: string; status: string; checkIns: { inMode: string }[] }[] }>(leader, `activities/${id}/signups`)
  const of = (name: string) => items.filter((e) => e.displayName === name).map((e) => [e.status, ...e.checkIns.map((c) => c.inMode)])
  expect([of('孙玉芬'), of('钱桂芝')]).toEqual([[['confirmed', 'list']], [['waitlisted']]])
})

test('the hours of who leads wait for the secretary, whoever else leads', async () => {
  const team = await found('滨河巡河队', leader)
  const [second] = await enlist(team, leader, deputy)
  await send(leader, 'PATCH', 'teams/' + team, { deputyIds: [second] })
  const id = await announce(team, leader, '沿河走一圈', 20, 5)
  const me = await ask<{ id: string }>(leader, 'me')
  await ask(leader, `activities/${id}/signups`, { overlap: true })
  await pass(25)
  await ask(deputy, `activities/${id}/checkins`, { userId: me.id })
  await pass(100)
  await ask(deputy, `activities/${id}/checkouts`, { userId: me.id })
  await pass(20)
  await settle(leader, id)
  const { items } = await ask<{ items: { id: string; title: string }[] }>('secretary', 'approvals?kind=service&limit=100')
  const { page, faults, close } = await phone('secretary')
  await visit(page, 'servicecheck?id=' + items.find((i) => i.title.startsWith('沿河走一圈'))!.id)
  await button(page, /^同意记/).waitFor()
  await picture(page, 'own-hours')
  await button(page, /^同意记/).click()
  await page.getByText('已记入', { exact: true }).waitFor()
  expect(faults).toEqual([])
  await close()
})
