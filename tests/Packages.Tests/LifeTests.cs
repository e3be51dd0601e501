using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>A thousand training steps with AdamW leave as many tensors as ten.</summary>
public sealed class LifeTests
{
    [Fact]
    public void A_thousand_steps_keep_the_number_of_live_tensors()
    {
        using var model = nn.Sequential(("first", nn.Linear(8, 16)), ("act", nn.SiLU()), ("second", nn.Linear(16, 1)));
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var live = new List<long>();
        for (var step = 0; step < 1000; step++)
        {
            using (var scope = NewDisposeScope())
            {
                var loss = (model.call(randn(4, 8)) - 1).square().mean();
                optimizer.zero_grad();
                loss.backward();
                nn.utils.clip_grad_norm_(model.parameters(), 1.0);
                optimizer.step();
            }
            if (step is 10 or 999) live.Add(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        }
        Assert.Equal(live[0], live[1]);
    }
}
