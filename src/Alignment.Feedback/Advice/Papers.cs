namespace Alignment.Feedback;

/// <summary>What advice stands on.</summary>
internal static class Papers
{
    public const string Dpo = "Rafailov et al. 2023, arXiv 2305.18290";
    public const string Kto = "Ethayarajh et al. 2024, arXiv 2402.01306";
    public const string KtoWeights = "Ethayarajh et al. 2024, arXiv 2402.01306, section 4.3";
    public const string ConstitutionalAi = "Bai et al. 2022, arXiv 2212.08073";
    public const string Rlaif = "Lee et al. 2023, arXiv 2309.00267";
    public const string Rlhf = "Ouyang et al. 2022, arXiv 2203.02155";
    public const string PpoOrDpo = "Xu et al. 2024, arXiv 2404.10719";
    public const string Unpacking = "Ivison et al. 2024, arXiv 2406.09279";
    public const string OverOptimization = "Gao et al. 2022, arXiv 2210.10760";
    public const string ConservativeDpo = "Mitchell 2023, cDPO, eq. 3";
    public const string RobustDpo = "Chowdhury et al. 2024, arXiv 2403.00409";
    public const string Length = "Singhal et al. 2023, arXiv 2310.03716";
    public const string LengthDesensitized = "Liu et al. 2024, arXiv 2409.06411";
    public const string Lora = "Hu et al. 2021, arXiv 2106.09685";
    public const string Centering = "Eisenstein et al. 2023, arXiv 2312.09244";
}
