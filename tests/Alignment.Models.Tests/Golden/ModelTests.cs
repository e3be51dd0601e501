using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Every family against transformers, in float32 on the CPU. 1e-4: two float32 implementations of a whole model.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> Models => ModelRecord.All;

    [Theory, MemberData(nameof(Models))]
    public void Logits_of_rows_that_were_padded_at_the_right(string model) => Check(model, checks => checks.Logits("right"));

    [Theory, MemberData(nameof(Models))]
    public void Logits_of_rows_that_were_padded_at_the_left(string model) => Check(model, checks => checks.Logits("left"));

    [Theory, MemberData(nameof(Models))]
    public void A_row_alone_gives_the_same_logits_as_in_a_batch(string model) => Check(model, checks => checks.LogitsOfEachRowAlone());

    [Theory, MemberData(nameof(Models))]
    public void Padding_behind_a_row_changes_nothing(string model) => Check(model, checks => checks.LogitsOfPaddedRows());

    [Theory, MemberData(nameof(Models))]
    public void Log_probabilities_of_tokens(string model) => Check(model, checks => checks.LogProbabilities());

    [Theory, MemberData(nameof(Models))]
    public void Log_probabilities_where_two_sequences_share_a_prompt(string model) =>
        Check(model, checks => checks.LogProbabilitiesWithASharedPrompt());

    [Theory, MemberData(nameof(Models))]
    public void Loss_the_gradient_norm_of_every_parameter_and_one_gradient(string model) => Check(model, checks => checks.LossAndGradients(false));

    [Theory, MemberData(nameof(Models))]
    public void The_same_with_activation_checkpointing(string model) => Check(model, checks => checks.LossAndGradients(true));

    [Theory, MemberData(nameof(Models))]
    public void Greedy_tokens_with_their_log_probabilities_and_gaps(string model) => Check(model, checks => checks.GreedyTokens());

    private static void Check(string model, Action<ModelChecks> check)
    {
        using var checks = new ModelChecks(model, CPU, ScalarType.Float32, 1e-4);
        check(checks);
    }
}
