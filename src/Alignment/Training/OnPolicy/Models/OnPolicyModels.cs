namespace Alignment.Training;

/// <summary>The parts of a run that learns from its own responses: who answers, who holds back, who scores and who foretells.</summary>
/// <remarks>
/// Two ways to hold them in memory, one interface: <see cref="Apart"/>, each a model of its own as in the textbook, and <see cref="Shared"/>, three
/// adapters and two heads on one base, which is the reference. Whatever way, <see cref="Parts"/> says what each costs.
/// </remarks>
public sealed class OnPolicyModels
{
    private OnPolicyModels(CausalLanguageModel policy, ReferencePolicy reference, RewardSource reward, ValueModel? value, RewardSource? gold)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(reward);
        (Policy, Reference, Reward, Value, Gold) = (policy, reference, reward, value, gold);
        reference.RequireApartFrom(policy);
        if (!reference.ScoresNewText)
            throw new ArgumentException("The reference must be a model: log-probabilities that were kept have none for responses that are still to be sampled.", nameof(reference));
    }

    /// <summary>What is trained, already on its device.</summary>
    public CausalLanguageModel Policy { get; }

    /// <summary>What the policy is held to.</summary>
    public ReferencePolicy Reference { get; }

    /// <summary>Where scores come from.</summary>
    public RewardSource Reward { get; }

    /// <summary>What foretells rewards, trained along with the policy; null where the method needs none.</summary>
    public ValueModel? Value { get; }

    /// <summary>A second opinion that is never learnt from, to see by it whether the first is gamed; asked at evaluations; null for none.</summary>
    public RewardSource? Gold { get; }

    /// <summary>What each part adds to memory. What two parts share counts for the first alone.</summary>
    public IReadOnlyList<ModelPart> Parts
    {
        get
        {
            var seen = new HashSet<nint>();
            List<ModelPart> parts = [Part("policy", [Policy])];
            if (Reference.Model is { } reference) parts.Add(Part("reference", [reference]));
            if (Reward.Models.Any()) parts.Add(Part("reward", Reward.Models));
            if (Gold is not null && Gold.Models.Any()) parts.Add(Part("gold", Gold.Models));
            if (Value is not null) parts.Add(Part("value", [Value]));
            return Adapters is null ? parts : SharedParts.Of(Adapters, Policy, [.. Reward.Models, .. Value is null ? [] : (TokenModel[])[Value]]);

            ModelPart Part(string name, IEnumerable<TokenModel> models) => ModelPart.Of(name, models, seen);
        }
    }

    private IReadOnlyList<(string Part, string Adapter)>? Adapters { get; init; }

    /// <summary>Parts with weights of their own.</summary>
    /// <param name="policy">What is trained.</param>
    /// <param name="reference">What it is held to, such as a frozen copy.</param>
    /// <param name="reward">Where scores come from.</param>
    /// <param name="value">What foretells rewards, usually begun as the reward model; null for methods without.</param>
    /// <param name="gold">A held-out scorer, to see at evaluations whether the reward is gamed.</param>
    /// <exception cref="ArgumentException">The reference is the policy itself, or can't score new text.</exception>
    public static OnPolicyModels Apart(CausalLanguageModel policy, ReferencePolicy reference, RewardSource reward, ValueModel? value = null, RewardSource? gold = null) =>
        new(policy, reference, reward, value, gold);

    /// <summary>Parts on one base: the policy's adapter is active, reward and value have theirs, and the base alone is the reference.</summary>
    /// <param name="policy">The base, with the policy's adapter active.</param>
    /// <param name="reward">A reward model whose decoder is that of <paramref name="policy"/>.</param>
    /// <param name="rewardAdapter">Name of the adapter that reward modelling trained, with its copy of the score head.</param>
    /// <param name="value">A value model whose decoder is that of <paramref name="policy"/>; null for methods without.</param>
    /// <param name="valueAdapter">Name of the adapter to train for values, with its copy of the value head.</param>
    /// <param name="gold">A held-out scorer, to see at evaluations whether the reward is gamed.</param>
    /// <exception cref="ArgumentException">There is no such adapter, two parts share one, or none is active.</exception>
    public static OnPolicyModels Shared(CausalLanguageModel policy, RewardModel reward, string rewardAdapter, ValueModel? value = null, string? valueAdapter = null, RewardSource? gold = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(rewardAdapter);
        if (value is null != valueAdapter is null) throw new ArgumentException("A value model and the name of its adapter must be given together.", nameof(valueAdapter));
        List<(string Part, string Adapter)> adapters = [("policy", policy.ActiveAdapter ?? ""), ("reward", rewardAdapter)];
        if (valueAdapter is not null) adapters.Add(("value", valueAdapter));
        var reference = ReferencePolicy.BaseOf(policy);   // throws where no adapter is active
        if (adapters.DistinctBy(entry => entry.Adapter).Count() < adapters.Count)
            throw new ArgumentException($"Each part must have an adapter of its own; got {string.Join(", ", adapters.Select(entry => $"{entry.Part} '{entry.Adapter}'"))}.", nameof(rewardAdapter));
        return new OnPolicyModels(
            policy,
            reference,
            RewardSource.Of(new AdapterRewardModel(reward, policy, rewardAdapter)),
            value is null ? null : new AdapterValueModel(value, policy, valueAdapter!),
            gold) { Adapters = adapters };
    }
}
