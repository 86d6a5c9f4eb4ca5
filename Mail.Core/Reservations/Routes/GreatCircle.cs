namespace Mail.Core.Reservations.Routes;

/// <summary>A way without a map: each stop goes where it makes the way least longer, the cheapest one first. Its length is that of great circles times what roads are longer.</summary>
internal static class GreatCircle
{
    /// <returns>The legs, and which of the points between comes when. Equal questions have equal answers.</returns>
    public static Way Plan(GeoPoint from, GeoPoint to, IReadOnlyList<GeoPoint> between, RouteOptions options)
    {
        List<int> order = [];
        List<int> open = [.. Enumerable.Range(0, between.Count)];
        while (open.Count > 0)
        {
            (int Point, int Place, double Cost) best = (-1, -1, double.PositiveInfinity);
            foreach (int point in open)
            {
                for (int place = 0; place <= order.Count; place++)
                {
                    GeoPoint before = place == 0 ? from : between[order[place - 1]], after = place == order.Count ? to : between[order[place]];
                    double cost = before.MetresTo(between[point]) + between[point].MetresTo(after) - before.MetresTo(after);
                    if (cost < best.Cost) best = (point, place, cost); // of equal ones the first: what comes later in the list comes later on the way
                }
            }

            order.Insert(best.Place, best.Point);
            open.Remove(best.Point);
        }

        (double, double)[] legs = new (double, double)[between.Count + 1];
        for (int i = 0; i < legs.Length; i++)
        {
            double metres = (i == 0 ? from : between[order[i - 1]]).MetresTo(i == order.Count ? to : between[order[i]]) * options.RoadFactor;
            legs[i] = (metres / (options.Speed / 3.6), metres);
        }

        return new Way(order, legs);
    }
}
