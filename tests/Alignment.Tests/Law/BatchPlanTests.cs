using Alignment.Training;

namespace Alignment.Tests.Law;

public sealed class BatchPlanTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 11)];

    [Fact]
    public void Every_pass_takes_every_row_once_and_in_another_order()
    {
        var steps = Steps(Rows, new RunOptions { Epochs = 2, BatchSize = 2, GradientAccumulationSteps = 2 }).ToList();
        Assert.Equal([4, 4, 3, 4, 4, 3], steps.Select(step => step.Rows.Count()));
        var passes = steps.Chunk(3).Select(pass => pass.SelectMany(step => step.Rows).ToArray()).ToArray();
        Assert.Equal(Rows, passes[0].Order());
        Assert.Equal(Rows, passes[1].Order());
        Assert.NotEqual(passes[0], passes[1]);
    }

    [Fact]
    public void A_step_is_split_into_batches_and_the_rest_is_smaller()
    {
        var last = Steps(Rows, new RunOptions { BatchSize = 2, GradientAccumulationSteps = 2, Shuffle = false }).Last();
        Assert.Equal([[8, 9], [10]], last.Batches);
        Assert.Equal((3, 1.0), (last.Step, last.Epoch));
    }

    [Fact]
    public void The_order_depends_on_the_seed_alone()
    {
        int[] Order(int seed) => [.. Steps(Rows, new RunOptions { BatchSize = 11, Seed = seed }).Single().Rows];
        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
    }

    [Fact]
    public void MaxSteps_goes_on_into_further_passes_and_stops_in_the_middle()
    {
        var steps = Steps(Rows, new RunOptions { MaxSteps = 4, BatchSize = 4, Shuffle = false }).ToList();
        Assert.Equal([1, 2, 3, 4], steps.Select(step => step.Step));
        Assert.Equal([0, 1, 2, 3], steps[3].Rows);
        Near.Equal(4.0 / 3, steps[3].Epoch, 1e-15);
    }

    [Fact]
    public void A_shuffle_is_close_to_uniform()
    {
        // 2,000 seeds of 4 rows: the first row is each of 4 about 500 times, standard deviation 19.4; 5 of them allowed.
        var first = Enumerable.Range(0, 2000).Select(seed => Steps([0, 1, 2, 3], new RunOptions { BatchSize = 4, Seed = seed }).Single().Rows.First()).CountBy(row => row);
        Assert.All(first, count => Assert.InRange(count.Value, 403, 597));
    }

    [Fact]
    public void A_plan_goes_on_from_any_step_as_if_it_had_never_stopped()
    {
        var run = new RunOptions { Epochs = 3, BatchSize = 2, GradientAccumulationSteps = 2, Batches = new BatchOptions { GroupByLength = true } };
        var whole = Steps(Rows, run);
        for (var done = 0; done <= whole.Count; done++)
            Assert.Equal(whole.Skip(done).Select(Row), new BatchPlan(Rows.Select(Length), run).From(done, Rows).Select(Row));

        static string Row(StepBatch<int> step) => FormattableString.Invariant($"{step.Step} {step.Epoch} {string.Join('|', step.Batches.Select(batch => string.Join(',', batch)))}");
    }

    [Fact]
    public void A_budget_of_tokens_fills_batches_with_whole_rows()
    {
        // Lengths 1 to 11 in order, 12 tokens a batch: 1+2+3+4 = 10, 5+6 = 11, then one row each.
        var steps = Steps(Rows, new RunOptions { Shuffle = false, Batches = new BatchOptions { TokensPerBatch = 12 } });
        Assert.Equal([[0, 1, 2, 3], [4, 5], [6], [7], [8], [9], [10]], steps.Select(step => step.Batches.Single()));
    }

    [Fact]
    public void A_row_beyond_the_budget_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Steps(Rows, new RunOptions { Batches = new BatchOptions { TokensPerBatch = 7 } }));
        Assert.Equal("Every row must fit into TokensPerBatch = 7; row 7 has 8 tokens. Raise it, or drop long rows when they are encoded.", error.Message);
    }

    [Fact]
    public void Rows_of_similar_length_share_a_batch_and_batches_come_in_random_order()
    {
        int[] rows = [.. Enumerable.Range(0, 200)];
        var steps = Steps(rows, new RunOptions { BatchSize = 4, Batches = new BatchOptions { GroupByLength = true } });
        Assert.Equal(rows, steps.SelectMany(step => step.Rows).Order());
        Assert.All(steps, step => Assert.InRange(step.Rows.Max() - step.Rows.Min(), 0, 3));   // 200 rows are one group: neighbours in length
        Assert.NotEqual(steps.Select(step => step.Rows.Max()), steps.Select(step => step.Rows.Max()).Order());
        Assert.NotEqual(steps.Select(step => step.Rows.Max()), steps.Select(step => step.Rows.Max()).OrderDescending());
    }

    [Fact]
    public void The_longest_batch_of_all_passes_is_known()
    {
        var run = new RunOptions { Epochs = 4, BatchSize = 3 };
        var most = Steps(Rows, run).SelectMany(step => step.Batches).Max(batch => batch.Sum(Length));
        Assert.Equal(most, new BatchPlan(Rows.Select(Length), run).Longest.Sum(Length));
    }

    private static int Length(int row) => row + 1;

    private static List<StepBatch<int>> Steps(int[] rows, RunOptions run) => [.. new BatchPlan(rows.Select(Length), run).From(0, rows)];
}
