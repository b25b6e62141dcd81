/** What JSX is made of; the bundler puts it into every module that has some. */
export { Fragment, h } from "preact";
