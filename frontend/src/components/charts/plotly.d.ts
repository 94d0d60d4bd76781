declare module "plotly.js-basic-dist-min" {
  const Plotly: {
    react(at: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
    purge(at: HTMLElement): void;
  };
  export default Plotly;
}
