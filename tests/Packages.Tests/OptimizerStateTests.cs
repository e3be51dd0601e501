using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>Saving and loading the state of an optimizer.</summary>
public sealed class OptimizerStateTests
{
    [Fact]
    public void A_saved_and_loaded_optimizer_continues_as_if_it_had_not_stopped()
    {
        using var stayed = new Parameter(ones(2));
        using var left = new Parameter(ones(2));
        using var adamW = optim.AdamW([stayed], lr: 0.1, weight_decay: 0.01);
        Step(adamW, stayed, 1f);
        using (no_grad()) left.copy_(stayed);
        using var fresh = optim.AdamW([left], lr: 0.5);
        Load(fresh, Saved(adamW));
        Assert.Equal(0.1, fresh.ParamGroups.Single().LearningRate);
        Step(adamW, stayed, 3f);
        Step(fresh, left, 3f);
        Assert.Equal(stayed.data<float>().ToArray(), left.data<float>().ToArray());
    }

    [Fact]
    public void The_file_format_byte_by_byte()
    {
        using var weight = new Parameter(zeros(1));
        using var adamW = optim.AdamW([weight], lr: 0.25, beta1: 0.5, beta2: 0.75, eps: 1, weight_decay: 2, maximize: true);
        Step(adamW, weight, 2f); // averages 0.5 · 2 and 0.25 · 4 of the gradient -2
        using var expected = new MemoryStream();
        using var writer = new BinaryWriter(expected);
        writer.Write("AdamW");
        writer.Write([1, 1]); // groups, states
        foreach (var option in new[] { 0.25, 0.25, 0.5, 0.75, 1.0, 2.0 }) writer.Write(option);
        writer.Write(false);
        writer.Write(true);
        writer.Write(1L); // steps
        writer.Write([6, 1, 1]);
        writer.Write(-1f);
        writer.Write([6, 1, 1]);
        writer.Write(1f);
        writer.Write(false); // no maxima
        Assert.Equal(expected.ToArray(), Saved(adamW));
    }

    [Fact]
    public void Amsgrad_and_momentum_are_saved_too()
    {
        using var weight = new Parameter(ones(1));
        using var adamW = optim.AdamW([weight], amsgrad: true);
        Step(adamW, weight, 2f);
        using var otherAdamW = optim.AdamW([weight]);
        Load(otherAdamW, Saved(adamW));
        Assert.Equal(0.004f, ((AdamW.State)otherAdamW.state_dict().State[0]).max_exp_avg_sq.item<float>(), 6);

        using var sgd = optim.SGD([weight], 0.1, momentum: 0.9);
        Step(sgd, weight, 2f);
        using var otherSgd = optim.SGD([weight], 0.1);
        Load(otherSgd, Saved(sgd));
        Assert.Equal(2f, ((SGD.State)otherSgd.state_dict().State[0]).momentum_buffer.item<float>());
        Assert.Equal(0.9, ((optim.IMomentum)otherSgd.ParamGroups.Single()).Momentum);
    }

    [Fact]
    public void A_state_dictionary_is_copied_from_optimizer_to_optimizer()
    {
        using var weight = new Parameter(ones(1));
        using var source = optim.AdamW([weight], lr: 0.1);
        Step(source, weight, 2f);
        using var target = optim.AdamW([weight], lr: 0.5);
        target.load_state_dict(source.state_dict());
        var (from, to) = ((AdamW.State)source.state_dict().State[0], (AdamW.State)target.state_dict().State[0]);
        Assert.True(from.ApproximatelyEquals(to));
        Assert.NotSame(from.exp_avg, to.exp_avg);
        Assert.Equal([[0]], target.state_dict().StateIndexRef);
        Step(source, weight, 2f);
        Assert.False(from.ApproximatelyEquals(to));
    }

    [Fact]
    public void Files_of_other_optimizers_are_refused()
    {
        using var weight = new Parameter(ones(1));
        using var other = new Parameter(ones(1));
        using var adamW = optim.AdamW([weight]);
        using var sgd = optim.SGD([weight], 0.1);
        Assert.Equal("Mismatched optimizer type: expected 'SGD', but found 'AdamW' in the loaded stream.",
            Assert.Throws<InvalidDataException>(() => Load(sgd, Saved(adamW))).Message);
        using var two = optim.AdamW([weight, other]);
        Assert.Equal("Invalid optimizer state -- different number of states.",
            Assert.Throws<ArgumentException>(() => Load(two, Saved(adamW))).Message);
    }

    private static void Step(optim.Optimizer optimizer, Parameter weight, float gradient)
    {
        weight.grad = full_like(weight, gradient);
        optimizer.step();
    }

    private static byte[] Saved(OptimizerHelper optimizer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        return stream.ToArray();
    }

    private static void Load(OptimizerHelper optimizer, byte[] file)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        optimizer.load_state_dict(reader);
    }
}
