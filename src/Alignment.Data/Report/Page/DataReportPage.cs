namespace Alignment.Data.Reports;

internal static class DataReportPage
{
    public static string Of(DataReport report) => report.Title;
}
