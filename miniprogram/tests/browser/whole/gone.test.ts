// What is not there: a way home instead of another try, whatever the page; an address that is no page; technical words.
import { expect, test } from 'vitest'
import { button, home, phone, settled, visit } from '../people'


const none = '999999999'

test('what is gone says so and leads home, on every page that shows one thing', async () => {
  const { page, close } = await phone('secretary')
  const pages = ['wish', 'promise', 'deliver', 'confirm', 'activity', 'checkin', 'team', 'record', 'complaint', 'servicecheck', 'objection', 'reportin', 'roll']
  for (const place of pages) {
    await visit(page, `${place}?id=${none}`)
    const shown = page.locator('.xy:visible').last()
    await shown.getByText('这件事已经不在了').waitFor()
    expect(await shown.getByRole('button', { name: '再连一次' }).count(), place).toBe(0)
  }
  await button(page, '回首页').last().click()
  await settled(page)
  expect(page.url()).toMatch(/#\/(pages\/home\/home)?$/)
  await close()
})

test('an address that is no page leads home, at the start and later', async () => {
  const { page, close } = await phone('resident')
  await page.goto(home(page) + '#/pages/nowhere?id=1')
  await page.getByText('没有找到这一页').waitFor()
  await button(page, '回首页').click()
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
  await page.evaluate(() => void (location.hash = '#/pages/nothing'))
  await page.getByText('没有找到这一页').waitFor()
  await close()
})

test('no page shows what a proxy or a phone says', async () => {
  const { page, close } = await phone('resident')
  await page.route('**/api/v1/activities?**', (route) => route.fulfill({ status: 502, body: '<html>bad gateway</html>' }))
  await visit(page, 'activities')
  const shown = page.locator('.xy:visible').last()
  await shown.getByText('系统正忙。请过一两分钟再试。').waitFor()
  expect(await shown.innerText()).not.toMatch(/status|fail|502|gateway|timeout/i)
  await close()
})
