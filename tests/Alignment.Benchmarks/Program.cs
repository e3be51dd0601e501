using System.Globalization;
using Alignment.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["operators"]:
        OperatorCost.Print();
        return 0;
    case ["life", .. var settings]:
        TrainingLife.Print(settings);
        return 0;
    case ["training"]:
        TrainingSpeed.Print();
        return 0;
    default:
        Console.Error.WriteLine("""
            operators            microseconds a small operator costs with its dispose
            training             tokens a second forward and backward at 34 M parameters, against the rate of one large product
            life [small] [N]     live tensors and resident set over N training steps (1000); small: with mallopt(M_MMAP_THRESHOLD, 65536)
            """);
        return 2;
}
