// A whole day of one activity: the leader announces it, two members sign up, an elder without a phone is on the list,
// everybody comes and goes, one forgets to check out, and in the end the hours are what they were.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { approvals, ask, button, phone, pictures, settled, signUp, visit } from './people'
import { found, pass, passSeconds, present } from './service'

const leader = 'member-11'
const title = '护城河边捡垃圾'
let taken = 0

const keep = pictures('day')

async function picture(page: Page, name: string): Promise<void> {
  await settled(page)
  await keep(page, `${String(++taken).padStart(2, '0')}-${name}`)
}

/** Moves the demo's clock to a time of the day, in Shanghai, on the day of the activity. */
async function until(day: string, time: string): Promise<void> {
  const left = Date.parse(`${day}T${time}+08:00`) - (await present())
  await passSeconds(Math.ceil(left / 1000))
}

/** What stands on the leader's phone, typed as a member would. */
async function enter(from: Page, to: Page, id: string, field: string): Promise<void> {
  await visit(from, 'code?id=' + id)
  const shown = await from.locator('.code8').innerText()
  await visit(to, 'checkin?id=' + id)
  await to.reload() // the demo's clock was moved under it
  await settled(to)
  const leave = button(to, '我要走了')
  await to.getByLabel(field).or(leave).first().waitFor()
  if (await leave.isVisible()) await leave.click()
  await to.getByLabel(field).fill(shown)
}

const dayIn = async (hours: number) => new Date((await present()) + (8 + hours) * 3600000).toISOString().slice(0, 10)

/** Turns the phone's wheel of days on by one, from today. */
async function pick(page: Page, day: string): Promise<void> {
  const field = page.getByRole('button', { name: '开始哪一天' })
  await field.click()
  const wheel = page.locator('.uni-picker-container:visible')
  await wheel.getByText('完成').click({ trial: true }) // it has slid in
  await wheel.locator('uni-picker-view-column').nth(2).hover()
  await page.mouse.wheel(0, 20)
  await wheel.getByText('完成').click()
  await field.getByText(`${Number(day.slice(8))} 日`).waitFor()
}

test('a day of an activity by its leader, two members and an elder on the list', async () => {
  const team = await found('滨河护河队', leader)
  while ((await dayIn(24)).slice(0, 7) !== (await dayIn(0)).slice(0, 7)) await pass(24 * 60) // the wheel shows one month
  const day = await dayIn(24)
  const lead = await phone(leader)
  const young = await phone('member-33')
  const old = await phone('resident-2', { elder: true })

  // The day before: announced, and people sign up.
  await visit(lead.page, 'plan?team=' + team)
  await lead.page.getByRole('textbox', { name: '一句话说清' }).fill(title)
  await lead.page.getByRole('textbox', { name: '怎么做，带什么' }).fill('从河边亭子开始，往东捡到桥头。手套、夹子队里有，自己带水。')
  await lead.page.getByRole('textbox', { name: '在哪里集合' }).fill('滨河公园东门')
  await pick(lead.page, day)
  await picture(lead.page, 'plan')
  await button(lead.page, '公布，请大家报名').click()
  await signUp(lead.page, '我也报名', lead.page.getByText('已报名', { exact: true }).first())
  const id = /id=(\d+)/.exec(lead.page.url())![1]!
  await picture(lead.page, 'announced')
  for (const p of [young.page, old.page]) {
    await visit(p, 'activities')
    const card = p.getByRole('link').filter({ hasText: title })
    while (!(await card.count())) { // the elder view shows a few at a time
      await button(p, '再看几个').click()
      await settled(p)
    }
    await card.click()
    await signUp(p, '我要报名', p.getByText('名额给您留着。'))
  }
  await visit(lead.page, 'roll?id=' + id)
  await button(lead.page, '替没有手机的人报名').click()
  await lead.page.getByLabel('没有手机的新队员').fill('马玉珍')
  await picture(lead.page, 'writedown')
  await button(lead.page, '替人报名').click()
  await lead.page.getByText('马玉珍').waitFor()
  await picture(lead.page, 'roll-before')

  // The morning: the phones say that it is time.
  await until(day, '08:40:00')
  await visit(old.page, 'home')
  await button(old.page, '去签到').first().waitFor()
  await picture(old.page, 'home-elder')
  await enter(lead.page, old.page, id, '输入队长的 8 位数字')
  await old.page.getByText('签到了', { exact: true }).waitFor()
  await picture(old.page, 'in-elder')
  await picture(lead.page, 'code')
  await enter(lead.page, lead.page, id, '输入队长手机上的 8 位数字')
  await lead.page.getByText('签到了', { exact: true }).waitFor()
  await until(day, '09:09:00')
  await enter(lead.page, young.page, id, '输入队长手机上的 8 位数字')
  await young.page.getByText('签到了', { exact: true }).waitFor()
  await visit(lead.page, 'roll?id=' + id)
  await button(lead.page, /^记到了：马玉珍/).click()
  await button(lead.page, /^记走了：马玉珍/).waitFor()
  await picture(lead.page, 'roll-under-way')

  // The elder is tired and goes; the others stay to the end, and one forgets to check out.
  await until(day, '10:19:30')
  await visit(lead.page, 'roll?id=' + id)
  await button(lead.page, /^记走了：马玉珍/).click()
  await button(lead.page, /^记到了：马玉珍/).waitFor()
  await until(day, '11:05:00')
  await enter(lead.page, young.page, id, '输入队长手机上的 8 位数字')
  await young.page.getByText('1 小时 50 分', { exact: true }).waitFor()
  await picture(young.page, 'out')
  await visit(young.page, 'activity?id=' + id)
  await button(young.page, '看我的签到').waitFor()
  await enter(lead.page, lead.page, id, '输入队长手机上的 8 位数字')
  await lead.page.getByText('2 小时', { exact: true }).first().waitFor()

  // The leader says who served how long.
  await visit(lead.page, 'home')
  await picture(lead.page, 'home-over')
  await lead.page.getByText('确认时长：' + title).click()
  await button(lead.page, '确认 3 人的时长').waitFor()
  await picture(lead.page, 'settle')
  const heights = await lead.page.locator('.oneline').evaluateAll((rows) => rows.map((r) => r.getBoundingClientRect().height))
  expect(Math.max(...heights), 'each person on one line').toBeLessThan(60)
  const less = lead.page.getByRole('group', { name: '赵大爷的时长' }).getByLabel('少 15 分钟')
  const stood = await less.boundingBox()
  await less.click()
  expect(await less.boundingBox(), 'nothing moves under the finger').toEqual(stood)
  await picture(lead.page, 'settle-decided')
  await button(lead.page, '确认 4 人的时长').click()
  await lead.page.getByText('参加了 4 人').waitFor()
  await picture(lead.page, 'roll-settled')

  // What everybody sees of it.
  for (const [p, hours, name] of [[young.page, '1 小时 50 分', 'records'], [old.page, '1 小时 45 分', 'records-elder']] as const) {
    await visit(p, 'records')
    await p.getByRole('link').filter({ hasText: title }).getByText(hours).waitFor()
    await picture(p, name)
  }
  const staff = await phone('secretary')
  await approvals(staff.page, /核实时长/)
  await staff.page.getByRole('link').filter({ hasText: title }).click()
  await picture(staff.page, 'leaders-own')
  await button(staff.page, '同意记 2 小时').click()
  await staff.page.getByText('已记入', { exact: true }).waitFor()
  await visit(lead.page, 'activity?id=' + id)
  await picture(lead.page, 'settled')
  const { items } = await ask<{ items: { displayName: string; minutes?: number; status: string }[] }>(leader, `activities/${id}/signups`)
  expect(items.map((e) => [e.status, e.minutes])).toEqual([['attended', 120], ['attended', 110], ['attended', 105], ['attended', 70]])
  expect([lead, young, old, staff].flatMap((p) => p.faults)).toEqual([])
  await Promise.all([lead, young, old, staff].map((p) => p.close()))
})
