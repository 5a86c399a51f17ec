// What a member may rely on: report-in, no blame for being second, a way back.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { ask, button, idleMember, open, phone, settled, visit } from './people'
import { claimed, opened } from './world'

let browser: Browser
beforeAll(async () => void (browser = await open()))
afterAll(() => browser.close())

test('a report-in names the unit, waits for the community, and can be taken back', async () => {
  const { page, context, faults } = await phone(browser, 'resident-2')
  await visit(page, 'report')
  await button(page, '报到').click()
  await page.getByText('请写名册上的姓名').waitFor()
  await page.getByText('请选您的单位。').waitFor()
  await page.getByLabel('姓名').fill('欧阳望舒')
  await page.getByRole('radiogroup', { name: '单位' }).getByRole('radio').first().click()
  await page.reload() // what was typed and chosen stays
  await settled(page)
  expect(await page.getByLabel('姓名').inputValue()).toBe('欧阳望舒')
  await button(page, '报到').click()
  await page.getByText('等社区同意').waitFor()
  const { items } = await ask<{ items: { kind: string; who: string }[] }>('secretary', 'approvals?kind=membership&limit=100')
  expect(items.length).toBeGreaterThan(0)
  await button(page, '收回报到').click()
  await page.getByText('收回以后可以重新报到。').waitFor()
  await page.locator('.pair').getByRole('button').last().click()
  await page.getByLabel('姓名').waitFor()
  expect(faults).toEqual([])
  await context.close()
})

test('who is second is thanked, not blamed', async () => {
  const wish = await opened('想要一个床头灯')
  const [first, second] = [await idleMember(), await idleMember()]
  const { page, context, faults } = await phone(browser, second)
  await visit(page, 'wish?id=' + wish)
  await button(page, '我来认领').click()
  await settled(page)
  await ask(first, `wishes/${wish}/claims`, {})
  await button(page, '答应，我来圆').click()
  await page.getByText('刚刚有人先认领了').first().waitFor()
  expect(await page.locator('.xy').last().innerText()).not.toMatch(/失败|错误/)
  await button(page, '看看别的心愿').click()
  await page.getByRole('link', { name: /第 .* 号/ }).first().waitFor()
  expect(faults).toEqual([])
  await context.close()
})

test('a claim is given back with a reason, and the wish is free again', async () => {
  const member = await idleMember()
  const { wish } = await claimed('想要一个衣架', member)
  const { page, context, faults } = await phone(browser, member)
  await visit(page, 'claims')
  await page.getByText('想要一个衣架').click()
  await button(page, '退回').click()
  await page.getByText('为什么退回？').waitFor()
  await button(page, '请别人接着办').click()
  await page.getByText('请选一条理由').waitFor()
  await page.getByText('临时出差，赶不上了。').click()
  await button(page, '请别人接着办').click()
  await page.getByText('等人认领').first().waitFor()
  const { wish: now, history } = await ask<{ wish: { status: string }; history: { reason?: string }[] }>('resident', 'wishes/' + wish)
  expect(now.status).toBe('open')
  expect(history.map((h) => h.reason)).toContain('临时出差，赶不上了。')
  expect(faults).toEqual([])
  await context.close()
})
