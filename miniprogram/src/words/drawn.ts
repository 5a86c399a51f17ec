// Icons and drawings as SVG, and the names under which the mini-program has them as pictures (package/pictures.mjs).
import { drawn, type Drawing } from './drawings'
import { icons, type Icon } from './icons'

/** The colours of icons. */
export const inks = {
  ink: '#26211D', soft: '#574F48', faint: '#6E655D', red: '#9B2423', white: '#FFFFFF', green: '#28613F',
  wait: '#7D5200', work: '#1F527F', fix: '#8A3A16', edge: '#8F857B',
} as const

export type Ink = keyof typeof inks

const svg = (grid: number, ink: string, width: number, strokes: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${grid} ${grid}" fill="none" stroke="${ink}" ` +
  `stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">${strokes}</svg>`

export const iconSVG = (name: Icon, ink: Ink): string => svg(24, inks[ink], 1.7, `<path d="${icons[name]}"/>`)
export const drawingSVG = (name: Drawing): string => svg(120, inks.edge, 2.5, drawn(name))

/** Where the mini-program has the picture. */
export const iconFile = (name: Icon, ink: Ink): string => `/static/drawn/${name}-${ink}.png`
export const drawingFile = (name: Drawing): string => `/static/drawn/drawing-${name}.png`
