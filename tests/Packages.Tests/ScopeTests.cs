using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>Dispose scopes: who owns a tensor, and when it dies.</summary>
public sealed class ScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_and_nothing_else()
    {
        using var before = empty(1);
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = empty(1);
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(inside));
            Assert.Same(scope, CurrentDisposeScope);
        }
        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Nested_scopes_own_what_was_made_while_they_were_innermost()
    {
        using var outer = NewDisposeScope();
        var first = empty(1);
        Tensor second;
        using (NewDisposeScope()) second = empty(1);
        var third = empty(1);
        Assert.True(second.IsInvalid);
        AssertOwns(outer, first, third);
    }

    [Fact]
    public void A_tensor_disposed_by_hand_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        empty(1).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_scope_belongs_to_its_thread()
    {
        using var scope = NewDisposeScope();
        DisposeScope? seen = scope;
        Tensor? made = null;
        var thread = new Thread(() =>
        {
            seen = CurrentDisposeScope;
            made = empty(1);
        });
        thread.Start();
        thread.Join();
        Assert.Null(seen);
        Assert.False(scope.Contains(made!));
        made!.Dispose();
    }

    [Fact]
    public void A_tensor_moved_to_the_outer_scope_dies_with_that_one()
    {
        Tensor tensor;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope()) tensor = empty(1).MoveToOuterDisposeScope();
            Assert.False(tensor.IsInvalid);
            Assert.True(outer.Contains(tensor));
        }
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void Moving_out_of_the_outermost_scope_detaches()
    {
        Tensor tensor;
        using (NewDisposeScope()) tensor = empty(1).MoveToOuterDisposeScope();
        Assert.False(tensor.IsInvalid);
        tensor.Dispose();
    }

    [Fact]
    public void A_detached_tensor_outlives_every_scope()
    {
        Tensor tensor;
        using (NewDisposeScope())
        using (NewDisposeScope()) tensor = empty(1).DetachFromDisposeScope();
        Assert.False(tensor.IsInvalid);
        tensor.Dispose();
    }

    [Fact]
    public void A_tensor_moved_to_another_scope_dies_with_that_one()
    {
        using var outer = NewDisposeScope();
        using var middle = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = empty(1);
        inner.MoveToOther(outer, tensor);
        inner.Dispose();
        middle.Dispose();
        Assert.False(tensor.IsInvalid);
        outer.Dispose();
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void An_attached_tensor_changes_its_owner()
    {
        var free = empty(1);
        using var outer = NewDisposeScope();
        outer.Attach(free);
        using (var inner = NewDisposeScope())
        {
            inner.Attach(free);
            Assert.False(outer.Contains(free));
        }
        Assert.True(free.IsInvalid);
    }

    [Fact]
    public void Only_tensors_can_be_attached()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        var error = Assert.Throws<InvalidOperationException>(() => scope.Attach(stream));
        Assert.Equal("DisposeScope can only manage Tensor or PackedSequence", error.Message);
    }

    [Fact]
    public void An_outer_scope_disposed_first_leaves_the_inner_one_in_force()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = empty(1);
        outer.Dispose();
        Assert.False(tensor.IsInvalid);
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void What_is_kept_dies_at_the_end_of_the_scope()
    {
        Tensor kept, other;
        using (var scope = NewDisposeScope())
        {
            (kept, other) = (empty(1), empty(1));
            scope.DisposeEverythingBut(kept);
            Assert.True(other.IsInvalid);
            Assert.False(kept.IsInvalid);
        }
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_disposed_scope_refuses_to_work()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        using var tensor = empty(1);
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(tensor));
        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
    }

    [Fact]
    public void A_wrapped_expression_hands_out_its_result_only()
    {
        using var outer = NewDisposeScope();
        Tensor? hidden = null;
        var result = WrappedTensorDisposeScope(() =>
        {
            hidden = ones(2);
            return hidden + 1;
        });
        Assert.True(hidden!.IsInvalid);
        AssertOwns(outer, result);
        Assert.Equal([2f, 2f], result.data<float>().ToArray());
    }

    [Fact]
    public void Statistics_count_by_thread()
    {
        var counts = DisposeScopeManager.Statistics;
        counts.Reset();
        var outside = empty(1);
        using (var scope = NewDisposeScope())
        {
            _ = empty(1);
            var detached = empty(1).DetachFromDisposeScope();
            detached.Dispose();
            scope.Attach(outside);
        }
        Assert.Equal(1, counts.CreatedOutsideScopeCount);
        Assert.Equal(2, counts.CreatedInScopeCount);
        Assert.Equal(1, counts.DetachedFromScopeCount);
        Assert.Equal(1, counts.AttachedToScopeCount);
        Assert.Equal(1, counts.DisposedOutsideScopeCount);
        Assert.Equal(2, counts.DisposedInScopeCount);
        Assert.Equal(0, counts.ThreadTotalLiveCount);
        Assert.StartsWith("ThreadTotalLiveCount: 0; CreatedOutsideScopeCount: 1; ", counts.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_takes_the_place_of_its_data_in_the_scope()
    {
        Parameter parameter;
        using (var scope = NewDisposeScope())
        {
            var data = empty(1);
            parameter = new Parameter(data);
            Assert.True(data.IsInvalid);
            AssertOwns(scope, parameter);
        }
        Assert.True(parameter.IsInvalid);
    }

    /// <summary>By reference: tensors have an equality of their own.</summary>
    private static void AssertOwns(DisposeScope scope, params Tensor[] expected)
    {
        Assert.Equal(expected.Length, scope.DisposablesCount);
        Assert.All(expected, tensor => Assert.True(scope.Contains(tensor)));
    }
}
