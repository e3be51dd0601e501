using System;

namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static class random
    {
        public static Generator manual_seed(long seed)
        {
            Shim.shim_manual_seed((ulong)seed);
            return Generator.Default;
        }

        public static long seed() => Generator.Default.seed();

        public static long initial_seed() => Generator.Default.initial_seed();

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }

    public class Generator : IDisposable
    {
        private Generator(nint handle, Device device) => (Handle, this.device) = (handle, device);

        public Generator(ulong seed = 0, Device? device = null) : this(Shim.shim_generator_new(seed, (long)(device?.type ?? DeviceType.CPU), device?.index ?? -1), device ?? CPU)
        {
            if (Handle == 0) throw Shim.Error();
        }

        public static Generator Default => new(Shim.shim_generator_default(), CPU);

        public nint Handle { get; private set; }

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Shim.shim_generator_seed(Handle, (ulong)seed);
            return this;
        }

        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        public long initial_seed() => (long)Shim.shim_generator_initial_seed(Handle);

        public Tensor get_state() => Shim.shim_generator_state(Handle) is var state and not 0 ? new Tensor(state) : throw Shim.Error();

        public void set_state(Tensor value) => Shim.Check(Shim.shim_generator_set_state(Handle, value.Handle));

        protected virtual void Dispose(bool disposing)
        {
            if (Handle != 0) Shim.shim_generator_release(Handle);
            Handle = 0;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        ~Generator() => Dispose(false);
    }
}
