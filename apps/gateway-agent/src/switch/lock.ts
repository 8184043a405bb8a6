/** The OVSDB lock by which agents agree who of them writes to a switch's database (RFC 7047 §4.1.8); it is an <id>, so no hyphen. */
export const LOCK = 'l2gw';
