namespace Alignment.Training;

/// <summary>What methods need that compare responses to one prompt with one another.</summary>
internal static class GroupCheck
{
    public static void Require(OnPolicyModels models, RolloutOptions rollout, string name)
    {
        if (models.Value is not null) throw new ArgumentException("The method compares responses with one another and trains no value model; give none.", nameof(models));
        if (rollout.SamplesPerPrompt < 2)
            throw new ArgumentException(FormattableString.Invariant($"Rollout.SamplesPerPrompt must be at least 2, since a response is compared with the others to its prompt; was {rollout.SamplesPerPrompt}."), name);
    }
}
