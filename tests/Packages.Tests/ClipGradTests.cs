using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>Clipping by the norm of all gradients together. (3, 4) and (0, 12) have the norms 5 and 12, together 13.</summary>
public sealed class ClipGradTests
{
    [Fact]
    public void Gradients_above_the_norm_are_scaled_to_it()
    {
        var parameters = WithGradients();
        Assert.Equal(13.0, nn.utils.clip_grad_norm_(parameters, 1.3), 5);
        AssertGradients(parameters, [0.3f, 0.4f, 0f, 1.2f]);
    }

    [Fact]
    public void Gradients_below_the_norm_stay()
    {
        var parameters = WithGradients();
        Assert.Equal(13.0, nn.utils.clip_grad_norm_(parameters, 14), 5);
        AssertGradients(parameters, [3f, 4f, 0f, 12f]);
    }

    [Theory]
    [InlineData(1.0, 19.0)]
    [InlineData(double.PositiveInfinity, 12.0)]
    public void Other_norms(double type, double expected)
    {
        var parameters = WithGradients();
        Assert.Equal(expected, nn.utils.clip_grad_norm_(parameters, expected / 2, type), 5);
        AssertGradients(parameters, [1.5f, 2f, 0f, 6f]);
    }

    [Fact]
    public void The_factor_has_a_millionth_in_its_denominator()
    {
        using var parameter = new Parameter(zeros(1, dtype: ScalarType.Float64));
        parameter.grad = full(1, 1e-6, dtype: ScalarType.Float64);
        Assert.Equal(1e-6, nn.utils.clip_grad_norm_([parameter], 1e-6), 15);
        Assert.Equal(5e-7, parameter.grad!.item<double>(), 12); // 1e-6 · 1e-6 / (1e-6 + 1e-6)
    }

    [Fact]
    public void Without_gradients_the_norm_is_zero()
    {
        using var parameter = new Parameter(ones(2));
        Assert.Equal(0.0, nn.utils.clip_grad_norm_([parameter], 1));
        Assert.Null(parameter.grad);
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_makes_all_so()
    {
        var parameters = WithGradients();
        parameters[0].grad = full(2, float.NaN);
        Assert.True(double.IsNaN(nn.utils.clip_grad_norm_(parameters, 1)));
        Assert.All(parameters[1].grad!.data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Clipping_by_value_and_joining_into_a_vector()
    {
        var parameters = WithGradients();
        nn.utils.clip_grad_value_(parameters, 3.5);
        AssertGradients(parameters, [3f, 3.5f, 0f, 3.5f]);
        using var vector = nn.utils.parameters_to_vector(parameters);
        Assert.Equal([1f, 1f, 0f, 0f], vector.data<float>().ToArray());
    }

    private static Parameter[] WithGradients() =>
    [
        new Parameter(ones(2)) { grad = Make.Floats(3, 4) },
        new Parameter(zeros(2)) { grad = Make.Floats(0, 12) },
        new Parameter(zeros(0)),
    ];

    private static void AssertGradients(Parameter[] parameters, float[] expected)
    {
        var actual = parameters[..2].SelectMany(parameter => parameter.grad!.data<float>().ToArray());
        Assert.Equal(expected, actual, (x, y) => Math.Abs(x - y) < 1e-6f);
    }
}
