// Whom to ring when the phone is too much: who is nearest to home, else the county's own line, else the people's
// hotline, which every county answers.
import { person } from './me'

const nationalHotline = '12345'

export const hotline = (): string => person.me?.line?.phone ?? (import.meta.env.VITE_SERVICE_PHONE || nationalHotline)
