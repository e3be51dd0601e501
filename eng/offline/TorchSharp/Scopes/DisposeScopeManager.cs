#nullable enable
using System;

namespace TorchSharp;

/// <summary>Holds, for one thread, the innermost dispose scope and the counts of tensors made and disposed.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? _ofThread;

    internal static DisposeScopeManager OfThread => _ofThread ??= new DisposeScopeManager();

    public static ThreadDisposeScopeStatistics Statistics => OfThread.Counts;

    internal ThreadDisposeScopeStatistics Counts { get; } = new();

    internal DisposeScope? Current { get; private set; }

    /// <summary>Puts a new tensor into the thread's scope, if there is one, and returns that scope.</summary>
    internal static DisposeScope? RegisterNew(IDisposable item)
    {
        var manager = OfThread;
        var scope = manager.Current;
        if (scope is null)
        {
            manager.Counts.TensorStatistics.CreatedOutsideScopeCount++;
        }
        else
        {
            manager.Counts.TensorStatistics.CreatedInScopeCount++;
            scope.Owned.Add(item);
        }
        return scope;
    }

    /// <summary>To be called before a tensor is freed, by hand, by its scope or by the finalizer.</summary>
    internal static void Disposing(IDisposable item, DisposeScope? owner)
    {
        var counts = OfThread.Counts.TensorStatistics;
        if (owner is null)
        {
            counts.DisposedOutsideScopeCount++;
        }
        else
        {
            counts.DisposedInScopeCount++;
            owner.Forget(item);
        }
    }

    internal DisposeScope Open() => Current = new DisposeScope(this);

    /// <summary>Takes a scope out of the chain, wherever in the chain it stands.</summary>
    internal void Close(DisposeScope scope)
    {
        if (ReferenceEquals(Current, scope))
        {
            Current = scope.OuterScope;
            return;
        }
        for (var inner = Current; inner is not null; inner = inner.OuterScope)
        {
            if (ReferenceEquals(inner.OuterScope, scope))
            {
                inner.OuterScope = scope.OuterScope;
                return;
            }
        }
    }
}
