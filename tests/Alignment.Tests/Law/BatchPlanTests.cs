using Alignment.Training;

namespace Alignment.Tests.Law;

public sealed class BatchPlanTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 11)];

    [Fact]
    public void Every_pass_takes_every_row_once_and_in_another_order()
    {
        var steps = BatchPlan.Steps(Rows, new RunOptions { Epochs = 2, BatchSize = 2, GradientAccumulationSteps = 2 }).ToList();
        Assert.Equal([4, 4, 3, 4, 4, 3], steps.Select(step => step.Rows.Count()));
        var passes = steps.Chunk(3).Select(pass => pass.SelectMany(step => step.Rows).ToArray()).ToArray();
        Assert.Equal(Rows, passes[0].Order());
        Assert.Equal(Rows, passes[1].Order());
        Assert.NotEqual(passes[0], passes[1]);
    }

    [Fact]
    public void A_step_is_split_into_batches_and_the_rest_is_smaller()
    {
        var last = BatchPlan.Steps(Rows, new RunOptions { BatchSize = 2, GradientAccumulationSteps = 2, Shuffle = false }).Last();
        Assert.Equal([[8, 9], [10]], last.Batches);
        Assert.Equal((3, 1.0), (last.Step, last.Epoch));
    }

    [Fact]
    public void The_order_depends_on_the_seed_alone()
    {
        int[] Order(int seed) => [.. BatchPlan.Steps(Rows, new RunOptions { BatchSize = 11, Seed = seed }).Single().Rows];
        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
    }

    [Fact]
    public void MaxSteps_goes_on_into_further_passes_and_stops_in_the_middle()
    {
        var steps = BatchPlan.Steps(Rows, new RunOptions { MaxSteps = 4, BatchSize = 4, Shuffle = false }).ToList();
        Assert.Equal([1, 2, 3, 4], steps.Select(step => step.Step));
        Assert.Equal([0, 1, 2, 3], steps[3].Rows);
        Near.Equal(4.0 / 3, steps[3].Epoch, 1e-15);
    }

    [Fact]
    public void A_shuffle_is_close_to_uniform()
    {
        // 2,000 seeds of 4 rows: the first row is each of 4 about 500 times, standard deviation 19.4; 5 of them allowed.
        var first = Enumerable.Range(0, 2000).Select(seed => BatchPlan.Steps([0, 1, 2, 3], new RunOptions { BatchSize = 4, Seed = seed }).Single().Rows.First()).CountBy(row => row);
        Assert.All(first, count => Assert.InRange(count.Value, 403, 597));
    }
}
