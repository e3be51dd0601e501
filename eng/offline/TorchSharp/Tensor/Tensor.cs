using System;
using System.Threading;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A handle on a native tensor: its lifetime and its owner.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        internal nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            var total = Interlocked.Increment(ref _totalCount);
            if (total > _peakCount) _peakCount = total;
            if (register) OwningDisposeScope = DisposeScopeManager.RegisterNew(this);
        }

        internal DisposeScope? OwningDisposeScope { get; set; }

        public static long TotalCount => _totalCount;

        public static long PeakCount => _peakCount;

        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => handle == 0;

        public string? name { get; set; }

        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0) return;
            DisposeScopeManager.Disposing(this, OwningDisposeScope);
            Interlocked.Decrement(ref _totalCount);
            Shim.shim_tensor_release(handle);
            handle = 0;
        }

        ~Tensor() => Dispose(false);

        public nint DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            var decoupled = Handle;
            Interlocked.Decrement(ref _totalCount);
            handle = 0;
            return decoupled;
        }

        /// <summary>Gives the native tensor away, to a Parameter; the count is left as the original leaves it.</summary>
        internal nint MoveHandle()
        {
            var moved = handle;
            handle = 0;
            return moved;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null) other?.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        public bool Equals(Tensor target) => target is not null && handle == target.handle;

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        /// <summary>A second handle on the same native tensor.</summary>
        public Tensor alias() => new(Shim.shim_tensor_alias(Handle));
    }
}
