using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class FDivergenceTests
{
    [Fact]
    public void Forward_KL_by_hand()
    {
        // scores -e^-0.5 and -e^0.25; z = 0.5 (e^0.25 - e^-0.5) = 0.338747; slopes of the scores e^-0.5, e^0.25; rewards stay β r
        OnePair.Costs(new DpoLoss { Beta = 0.5, Divergence = new ForwardKl() }, 0.5380491539360618, (-0.12619288452610436, 0.26715033863816423), (0.25, -0.125));
    }

    [Fact]
    public void Jensen_Shannon_by_hand()
    {
        // scores ln σ(0.5) and ln σ(-0.25); z = 0.5 (-0.474077 + 0.825939) = 0.175931; slopes of the scores σ(-0.5), σ(0.25)
        OnePair.Costs(new DpoLoss { Beta = 0.5, Divergence = new JensenShannon() }, 0.6090455664300702, (-0.08610386757220574, 0.12821286548696856), (0.25, -0.125));
    }

    [Fact]
    public void Alpha_by_hand()
    {
        // α = 0.5: scores -2 e^-0.25 and -2 e^0.125; z = 0.5 * 2 (e^0.125 - e^-0.25) = 0.354348; slopes of the scores e^-0.25, e^0.125
        OnePair.Costs(new DpoLoss { Beta = 0.5, Divergence = new AlphaDivergence() }, 0.5315871963642704, (-0.1605608875098013, 0.2336147128502397), (0.25, -0.125));
    }

    [Fact]
    public void Alpha_1_is_the_reverse_KL()
    {
        // z = 0.375, as without a divergence
        OnePair.Costs(new DpoLoss { Beta = 0.5, Divergence = new AlphaDivergence { Alpha = 1 } }, 0.52312326413984, (-0.20366670002296514, 0.20366670002296514), (0.25, -0.125));
    }

    [Fact]
    public void Alpha_0_is_the_forward_KL()
    {
        // as forward KL above
        OnePair.Costs(new DpoLoss { Beta = 0.5, Divergence = new AlphaDivergence { Alpha = 0 } }, 0.5380491539360618, (-0.12619288452610436, 0.26715033863816423), (0.25, -0.125));
    }

    [Fact]
    public void Exponents_are_held_in_range()
    {
        using var scope = NewDisposeScope();
        Near.Equal(-Math.Exp(80), TensorAssert.Doubles(new ForwardKl().Score(tensor(new[] { -1e4f })))[0], 1e-5);
        Near.Equal(-Math.Exp(340), TensorAssert.Doubles(new ForwardKl().Score(tensor(new[] { -1e4 })))[0], 1e-12);
        Near.Equal(Math.Exp(80), TensorAssert.Doubles(new AlphaDivergence { Alpha = 2 }.Score(tensor(new[] { 1e4f })))[0], 1e-5);
        // 1 / (α - 1) = -1000 = e^6.9: e^(84 - 6.9) * -1000 = -e^84
        Near.Equal(-Math.Exp(84), TensorAssert.Doubles(new AlphaDivergence { Alpha = 0.999 }.Score(tensor(new[] { -1e7f })))[0], 1e-4);
    }
}
