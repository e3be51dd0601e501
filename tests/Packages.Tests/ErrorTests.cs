using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>Errors of libtorch arrive as exceptions with its words. Shape errors of a matrix product are left out: there the original ends the process.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void A_wrong_shape_says_what_libtorch_says()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);
        var error = Assert.Throws<ExternalException>(() => x.view(4, 2));
        Assert.Contains("shape '[4, 2]' is invalid for input of size 6", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ExternalException>(() => x + zeros(4));
        Assert.Contains("The size of tensor a (3) must match the size of tensor b (4)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_goes_on_after_an_error()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => zeros(2).view(3));
        Assert.Equal(2f, ones(2).sum().item<float>());
    }

    [Fact]
    public void A_disposed_tensor_is_refused()
    {
        var x = ones(1);
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x + 1);
    }

    [Fact]
    public void Backward_needs_something_that_requires_a_gradient()
    {
        using var x = ones(1);
        Assert.Contains("does not require grad", Assert.ThrowsAny<Exception>(() => x.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_device_is_refused() => Assert.ThrowsAny<Exception>(() => device("nonsense"));
}
