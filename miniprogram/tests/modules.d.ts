// Modules without types that tests use.
declare module 'jsdom'
declare module '*.mjs'
