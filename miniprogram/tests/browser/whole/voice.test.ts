// What somebody is not content with, from the page "about" to the answer and the next level, in three browsers at once.
import { expect, test } from 'vitest'
import { approvals, button, phone, visit } from '../people'


const text = '下水道堵了一周，登记了也没有人来'

test('a complaint is answered above the community, and once more above that', async () => {
  const a = await phone('resident-2')
  const b = await phone('street')
  const c = await phone('county')
  const [resident, street, county] = [a.page, b.page, c.page]

  await visit(resident, 'mine')
  await resident.getByRole('link', { name: '关于' }).click()
  await resident.getByRole('link', { name: '投诉建议' }).click()
  await button(resident, '写一条').click()
  await button(resident, '请他们答复').click()
  await resident.getByText('请选投诉还是建议。').waitFor()
  await resident.getByText('写一句出了什么事', { exact: false }).waitFor()
  await resident.getByRole('radio', { name: '投诉' }).click()
  await resident.getByLabel('出了什么事').fill(text)
  await resident.getByText('由茂山街道答复，茂山社区看不到。', { exact: false }).waitFor()
  await resident.reload()
  await resident.waitForLoadState('networkidle')
  expect(await resident.getByLabel('出了什么事').inputValue()).toBe(text)
  expect(await button(resident, /打给社区/).count()).toBe(1)
  await button(resident, '请他们答复').click()
  await resident.getByText('送到了。有了答复，打开这里就能看到。').waitFor()
  await resident.getByText('等茂山街道答复').waitFor()

  await approvals(street, /^投诉建议/)
  await street.getByRole('link').filter({ hasText: text }).click()
  await button(street, '送出答复').click()
  await street.getByText('写一句怎么办、什么时候办好。').waitFor()
  await street.getByRole('textbox', { name: '答复' }).fill('已经请疏通的师傅，明天上午到。')
  await button(street, '送出答复').click()
  await street.getByText('有答复了', { exact: true }).waitFor()

  await visit(resident, 'inbox')
  await resident.getByText('您给茂山社区提的投诉建议有答复了').first().click()
  await resident.getByText('已经请疏通的师傅，明天上午到。').waitFor()
  await button(resident, '还没解决').click()
  await resident.getByLabel('哪里还没解决').fill('师傅没有来')
  await button(resident, '请上一级再看').click()
  await resident.getByText('等通化县答复').waitFor()

  await visit(county, 'inbox')
  await county.getByRole('link').filter({ hasText: '件事等您处理' }).click()
  await county.getByRole('link').filter({ hasText: text }).click()
  await county.getByText('对不起，是我们没做好。').click()
  await button(county, '送出答复').click()
  await county.getByText('有答复了', { exact: true }).waitFor()

  await visit(resident, 'home')
  await visit(resident, 'complaints')
  await resident.getByText('答复：对不起，是我们没做好。').click()
  await button(resident, '解决了').click()
  await resident.getByText('已解决', { exact: true }).waitFor()
  expect([...a.faults, ...b.faults, ...c.faults]).toEqual([])
})
