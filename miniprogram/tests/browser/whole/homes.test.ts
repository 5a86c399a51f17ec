// Each role's home: one screen for who sees little, figures that lead down to the matter, a leader's last tap of the day.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ask, button, idleMember, phone, pictures, settled, visit } from '../people'
import { announce, digits, found, pass } from '../service'
import { claimed } from '../world'

const picture = pictures('homes', false)

/** How tall the page is, without the demo's own line. */
const tall = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollHeight - document.querySelector('.demo')!.getBoundingClientRect().height)

test('home of the elder view is one screen, with one thing that waits at most', async () => {
  const soon = await announce(await found('修伞磨刀志愿队', 'member-12'), 'member-12', '修伞磨刀进楼院', 10, 5)
  await ask('member-16', `activities/${soon}/signups`, { overlap: true })
  for (const persona of ['resident', 'resident-2', 'member', 'member-16']) {
    for (const [width, height] of [[390, 844], [360, 640]] as const) {
      const p = await phone(persona, { width, height, elder: true })
      await visit(p.page, 'home')
      await expect.poll(() => tall(p.page), { message: `${persona} at ${width}×${height}`, timeout: 5000 }).toBeLessThanOrEqual(height)
      expect(await p.page.locator('.body .card').count(), persona).toBeLessThanOrEqual(1)
      if (persona === 'member-16') expect(await button(p.page, '去签到').count()).toBe(1) // the hour of its check-in
      await picture(p.page, `${persona}-elder-${width}`)
      await p.close()
    }
  }
})

test('it is one screen for every post, whether nothing waits or much', async () => {
  const title = '想请人一起把阳台上的花架挪一个地方'
  const much = ['confirm', 'amend', 'fulfil'].map((turn, n) => ({ turn, noun: 'claim', id: `${n}`, wishId: `${n}`, title, who: '茂山社区' }))
  for (const persona of ['resident', 'member', 'unit', 'secretary', 'county', 'area-leader', 'responder']) {
    for (const items of [[], much]) {
      const p = await phone(persona, { width: 360, height: 640, elder: true })
      await p.page.route(/me\/todos/, (r) => r.fulfill({ json: { items } }))
      await p.page.route(/(wishes|activities)\?mine=true/, (r) => r.fulfill({ json: { items: [] } }))
      await visit(p.page, 'home')
      const waits = items.length ? 'much' : 'nothing'
      await expect.poll(() => tall(p.page), { message: `${persona}, ${waits} waits`, timeout: 5000 }).toBeLessThanOrEqual(640)
      await picture(p.page, `${persona}-${waits}`)
      await p.close()
    }
  }
})

test('a resident\'s lists begin with what waits for her; of her messages the unread ones alone are bold', async () => {
  const member = await idleMember()
  const { claim } = await claimed('想要一只保温杯', member)
  await ask(member, `claims/${claim}/delivery`, { note: '送到了，试过不漏水。' })
  for (const [width, height, elder] of [[390, 844, false], [360, 640, true]] as const) {
    const p = await phone('resident', { width, height, elder })
    await visit(p.page, 'wishes')
    expect(await p.page.locator('.body .card').first().innerText()).toContain('请您确认')
    await visit(p.page, 'inbox')
    const rows = p.page.locator('uni-page:visible .rows .item')
    const bold = await rows.filter({ has: p.page.locator('.strong') }).count()
    expect(bold).toBe(await rows.filter({ has: p.page.getByText('新', { exact: true }) }).count())
    expect(bold > 0).toBe(!elder) // read on the first phone
    await picture(p.page, `inbox-${width}`)
    await p.close()
  }
})

test('who stands above gets from the county down to a matter, and reads when that was counted', async () => {
  for (const elder of [false, true]) {
    const p = await phone('county', { width: 390, height: 844, elder })
    await visit(p.page, 'mine')
    await p.page.getByRole('link').filter({ hasText: '各处的情况' }).click()
    await p.page.getByText('超过三天').first().waitFor()
    await p.page.getByText(/^统计于 \d+:\d\d$/).waitFor()
    await picture(p.page, elder ? 'county-elder' : 'county')
    await p.page.getByRole('link').filter({ hasText: '茂山街道' }).click()
    await p.page.getByRole('link').filter({ hasText: '茂山社区' }).click()
    await settled(p.page)
    await p.page.locator('uni-page:visible').getByText(/^统计于 \d+:\d\d$/).waitFor()
    await picture(p.page, elder ? 'community-elder' : 'community')
    await p.page.locator('uni-page:visible .rows .item').first().click()
    await settled(p.page)
    expect(p.faults).toEqual([])
    await p.close()
  }
})

test('a liaison reads the quarter before taking it away; an auditor looks and decides nothing', async () => {
  const unit = await phone('unit')
  await visit(unit.page, 'unit')
  await unit.page.getByText('圆成心愿').waitFor()
  await unit.page.getByText(/^\d{4} 年第 \d 季度，\d+ 位党员$/).waitFor()
  await picture(unit.page, 'unit')
  const auditor = await phone('auditor')
  await visit(auditor.page, 'mine')
  await auditor.page.getByRole('link').filter({ hasText: '核查' }).click()
  for (const part of ['看联系方式', '委托', '抽查']) {
    await auditor.page.getByRole('tab', { name: part }).click()
    await settled(auditor.page)
    expect(await auditor.page.locator('uni-page:visible .btn.p').count()).toBe(0)
    await picture(auditor.page, `auditor-${part}`)
  }
  expect([...unit.faults, ...auditor.faults]).toEqual([])
  await Promise.all([unit.close(), auditor.close()])
})

test('the leader writes down with two taps that everybody has gone', async () => {
  const team = await found('扫楼道志愿队', 'member-12')
  const id = await announce(team, 'member-12', '扫楼道', 15, 5)
  for (const who of ['member-13', 'member-14', 'member-15']) {
    await ask(who, `activities/${id}/signups`, { overlap: true })
    await ask(who, `activities/${id}/checkins`, { code: await digits('member-12', id) })
  }
  await pass(60)
  const p = await phone('member-12')
  await visit(p.page, 'roll?id=' + id)
  await p.page.getByText('在场 3 人').waitFor()
  await button(p.page, '全部记走了').click()
  await button(p.page, '都走了，记 3 人').click()
  await p.page.getByText('走了 3 人').waitFor()
  await picture(p.page, 'all-gone')
  const { items } = await ask<{ items: { checkIns: { outMode?: string }[] }[] }>('member-12', `activities/${id}/signups`)
  expect(items.flatMap((e) => e.checkIns.map((c) => c.outMode))).toEqual(['list', 'list', 'list'])
  expect(p.faults).toEqual([])
  await p.close()
})

test('who logs out is out until they come in again', async () => {
  const p = await phone('resident-2')
  await visit(p.page, 'about')
  await p.page.getByRole('link').filter({ hasText: '退出登录' }).click()
  await button(p.page, '退出登录').click()
  await p.page.getByText('已经退出').waitFor()
  expect(await p.page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('resident-2/token')))).toEqual([])
  await button(p.page, '再进来').click()
  await p.page.getByText(/好|夜深了/).first().waitFor() // as the hour is
  await settled(p.page)
  expect(p.faults).toEqual([])
  await p.close()
})
