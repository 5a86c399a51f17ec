import js from '@eslint/js'
import ts from 'typescript-eslint'
import vue from 'eslint-plugin-vue'

const browserOnly = ['window', 'document', 'localStorage', 'sessionStorage', 'fetch', 'wx', 'navigator']

export default ts.config(
  { ignores: ['dist/**', 'web/**', 'src/services/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/essential'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: ['src/**'],
    rules: {
      'vue/multi-word-component-names': 'off',
      'no-undef': 'off', // TypeScript knows better
      'no-restricted-syntax': [
        'error',
        { selector: "TSTypeReference[typeName.name='Error']", message: 'tell people sentenceOf(e) of services/errors' },
        { selector: "CatchClause MemberExpression[object.name=/^(e|error|problem)$/][property.name='message']", message: 'tell people sentenceOf(e) of services/errors' },
        { selector: "NewExpression[callee.name='Error']", message: 'people read it: Said of services/errors' },
      ],
      'no-restricted-globals': ['error', ...browserOnly.map((name) => ({ name, message: 'belongs into platform/' }))],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/platform/**', 'src/services/device.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@/platform/*'], message: 'the phone\'s own things: services/device' }] }],
      'no-restricted-properties': ['error', ...['dial', 'copy', 'showWay', 'showLarge', 'choosePlace', 'scan', 'location', 'pickPictures']
        .map((property) => ({ object: 'phone', property, message: 'services/device tells what was refused' }))],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/platform/**', 'src/services/go.ts'],
    rules: { 'no-restricted-globals': ['error', ...[...browserOnly, 'uni'].map((name) => ({ name, message: 'belongs into platform/' }))] },
  },
  { files: ['src/platform/**'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['tests/**', 'compile-check/**', 'package/**'], rules: { 'no-undef': 'off', '@typescript-eslint/no-require-imports': 'off' } },
)
