import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import XyField from '@/components/ui/XyField.vue'

test('a field that is left tells all that was typed, and nothing twice', async () => {
  const field = mount(XyField, { props: { label: '电话', modelValue: '123' } })
  const input = field.find('input').element
  const tell = (name: string, value: string) => input.dispatchEvent(new CustomEvent(name, { detail: { value } }))
  tell('blur', '13800001234')
  tell('blur', '123')
  expect(field.emitted('update:modelValue')).toEqual([['13800001234']])
})
