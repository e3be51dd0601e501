using System;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Shim.shim_grad_enabled();

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Shim.shim_inference_enabled();

    /// <summary>Puts the thread's gradient mode back when disposed.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = Shim.shim_grad_enabled();

        internal GradMode(bool enabled) => Shim.shim_set_grad_enabled(enabled);

        public void Dispose() => Shim.shim_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private nint _guard = Shim.shim_inference_begin(mode);

        public void Dispose()
        {
            if (_guard != 0) Shim.shim_inference_end(_guard);
            _guard = 0;
        }
    }
}
