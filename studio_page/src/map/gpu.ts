// Points drawn by the graphics card, where there is one; a machine without takes the canvas.
import type { Sites, Window } from "./plane";

const VERTEX = `#version 300 es
in float x; in float y; in int opened; in int closed;
uniform vec2 centre; uniform vec2 half_size; uniform float scale; uniform int day; uniform float size;
void main() {
  bool stands = opened <= day && day < closed;
  vec2 at = (vec2(x, y) - centre) * scale / half_size;
  gl_Position = stands ? vec4(at.x, -at.y, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = size;
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
out vec4 colour;
void main() {
  if (length(gl_PointCoord - 0.5) > 0.5) discard;
  colour = vec4(0.11, 0.365, 0.6, 1.0) * 0.75;
}`;

/** The name of a real graphics card, or nothing where drawing is done in software. */
export function card(gl: WebGL2RenderingContext): string | null {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|software|basic render/i.test(name) ? null : name;
}

export class PointCloud {
  private readonly program: WebGLProgram;
  private readonly count: number;

  private constructor(
    private readonly gl: WebGL2RenderingContext,
    program: WebGLProgram,
    sites: Sites,
  ) {
    this.program = program;
    this.count = sites.x.length;
    gl.useProgram(program);
    this.column("x", sites.x);
    this.column("y", sites.y);
    this.column("opened", sites.opened);
    this.column("closed", sites.closed);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  /** Puts the sites on the card; nothing where there is none. */
  static on(canvas: HTMLCanvasElement, sites: Sites): PointCloud | null {
    const gl = canvas.getContext("webgl2", { premultipliedAlpha: true });
    if (!gl || !card(gl)) return null;
    const program = gl.createProgram();
    for (const [kind, text] of [
      [gl.VERTEX_SHADER, VERTEX],
      [gl.FRAGMENT_SHADER, FRAGMENT],
    ] as const) {
      const shader = gl.createShader(kind);
      if (!shader) return null;
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    return gl.getProgramParameter(program, gl.LINK_STATUS) ? new PointCloud(gl, program, sites) : null;
  }

  private column(name: string, values: Float32Array | Int32Array): void {
    const { gl } = this;
    const place = gl.getAttribLocation(this.program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(place);
    if (values instanceof Int32Array) gl.vertexAttribIPointer(place, 1, gl.INT, 0, 0);
    else gl.vertexAttribPointer(place, 1, gl.FLOAT, false, 0, 0);
  }

  draw(window: Window, day: number, width: number, height: number, ratio: number): void {
    const { gl } = this;
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(this.program, name);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(at("centre"), window.x, window.y);
    gl.uniform2f(at("half_size"), width / 2, height / 2);
    gl.uniform1f(at("scale"), window.scale);
    gl.uniform1i(at("day"), day);
    gl.uniform1f(at("size"), 6 * ratio);
    gl.drawArrays(gl.POINTS, 0, this.count);
  }

  clear(): void {
    this.gl.clearColor(0, 0, 0, 0);
    this.gl.clear(this.gl.COLOR_BUFFER_BIT);
  }
}
