/* The two processes that take most time, perceive and ally, in plain C on the same tables.
   layout.h is written from the declared columns: table_column(row[, place]) and RULE_process_name. */
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    char *firms, *relations, *alliances, *platforms, *regions, *industries, *lists, *levers;
    char *rules, *switches;
    uint64_t seed;
    double all_service;
} World;

#include "layout.h"

enum { NOBODY = -1, HOMES = 2, SUPPLIERS = 4, LINKS = 4, CANDIDATES = 4, BOUGHT = 3, ROLES = 4 };
enum { MEMBERS = 6, RELATED = 9, SEARCHES = 3, WAKE = 8, DIGITAL_VALUE = 2 };
enum { ADDITIVE, MULTIPLICATIVE, WEAKEST_LINK, PAIRS };
enum { PERCEIVE = 0 };

static inline uint64_t mixed(uint64_t word) {
    word += 0x9E3779B97F4A7C15ull;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ull;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBull;
    return word ^ (word >> 31);
}

static inline uint64_t address(uint64_t seed, int64_t step, int64_t process) {
    return mixed(mixed(mixed(seed) ^ (uint64_t)step) ^ (uint64_t)process);
}

static inline double uniform(uint64_t shared, int64_t firm, int64_t number) {
    return (double)(mixed(mixed(shared ^ (uint64_t)firm) ^ (uint64_t)number) >> 11)
        * (1.0 / 9007199254740992.0);
}

static inline int64_t below(uint64_t shared, int64_t firm, int64_t number, int64_t count) {
    return (int64_t)(uniform(shared, firm, number) * (double)count);
}

static inline double strength(double data) { return data / (1.0 + data); }

static inline double objective(double logic, double money, double data, double worth) {
    return (1.0 - logic) * money + logic * worth * data;
}

static int shared_platform(World *w, int i, int j) {
    for (int a = 0; a < HOMES; a++) {
        if (relations_home(i, a) == NOBODY) continue;
        for (int b = 0; b < HOMES; b++)
            if (relations_home(i, a) == relations_home(j, b)) return relations_home(i, a);
    }
    return NOBODY;
}

static int related(World *w, int i, int which) {
    if (which < SUPPLIERS) return relations_supplier(i, which);
    if (which < SUPPLIERS + LINKS) return relations_link(i, which - SUPPLIERS);
    return relations_customer(i);
}

static int seen(World *w, int i, int j, double reach, double luck) {
    if (j == i || j == NOBODY) return 0;
    if (shared_platform(w, i, j) != NOBODY) return 1;
    double dx = firms_x(i) - firms_x(j), dy = firms_y(i) - firms_y(j);
    return luck < exp(-sqrt(dx * dx + dy * dy) / reach);
}

void bench_perceive(World *w, int64_t period, int64_t first, int64_t last) {
    uint64_t draws = address(w->seed, period, PERCEIVE);
    for (int64_t r = first; r < last; r++) {
        int i = lists_roster(r);
        int64_t k = firms_key(i);
        if (firms_mode(i) != NOBODY) firms_innovated(i) = (int32_t)(period - 1);
        firms_mode(i) = NOBODY;
        firms_parent(i) = NOBODY;
        firms_parent_time(i) = NOBODY;
        firms_data_spending(i) = firms_research(i) = 0.0;
        firms_fees_received(i) = firms_transfer(i) = 0.0;
        int home = relations_home(i, 0);
        double open = home == NOBODY ? 0.0 : platforms_openness(home);
        double reach = RULE_perceive_reach
            * (1.0 + RULE_perceive_stretch * firms_digital(i) + RULE_perceive_platform_stretch * open);
        int group = firms_region(i);
        int64_t start = regions_start(group), size = regions_start(group + 1) - start;
        int j = lists_by_region(start + below(draws, k, 0, size));
        relations_candidate(i, 0) = seen(w, i, j, reach, uniform(draws, k, 1)) ? j : NOBODY;
        j = related(w, i, (int)below(draws, k, 2, RELATED));
        if (j != NOBODY) j = related(w, j, (int)below(draws, k, 3, RELATED));
        relations_candidate(i, 1) = j == i ? NOBODY : j;
        relations_candidate(i, 2) = NOBODY;
        if (home != NOBODY) {
            start = platforms_start(home);
            int64_t at = start + below(draws, k, 4, platforms_start(home + 1) - start);
            j = lists_on_platform(at / HOMES, at % HOMES);
            relations_candidate(i, 2) = j == i ? NOBODY : j;
        }
        int found = NOBODY;
        for (int n = 0; n < SEARCHES && found == NOBODY; n++) {
            int wanted = industries_buys(firms_industry(i), below(draws, k, 5 + 3 * n, BOUGHT));
            start = industries_start(wanted);
            size = industries_start(wanted + 1) - start;
            if (size > 0) {
                j = lists_by_industry(start + below(draws, k, 6 + 3 * n, size));
                if (seen(w, i, j, reach, uniform(draws, k, 7 + 3 * n))) found = j;
            }
        }
        relations_candidate(i, 3) = found;
    }
}

static double compatibility(World *w, int64_t period, int i, int j) {
    double fit = RULE_ally_compatibility + RULE_ally_digital * sqrt(firms_digital(i) * firms_digital(j));
    int p = shared_platform(w, i, j);
    if (p != NOBODY) fit += RULE_ally_modular * platforms_modularity(p);
    fit += RULE_ally_circulation * levers_circulation(period);
    double total = 0.0;
    for (int role = 0; role < ROLES; role++) {
        double gap = firms_capability(i, role) - firms_capability(j, role);
        total += gap * gap;
    }
    fit -= RULE_ally_strangeness * sqrt(total / ROLES);
    return fmin(1.0, fmax(0.0, fit));
}

static double survival(World *w, int64_t period, int32_t *member, int size) {
    double hazard = 0.0;
    for (int a = 0; a < size; a++)
        for (int b = 0; b < a; b++)
            hazard += RULE_ally_failure * (1.0 - compatibility(w, period, member[a], member[b]));
    return exp(-hazard * RULE_ally_duration);
}

static int decomposable(int technology) { return technology == ADDITIVE || technology == PAIRS; }

static double joint_value(World *w, int64_t period, int32_t *member, int size, int technology) {
    int count = 0;
    for (int m = 0; m < size; m++) {
        int made = firms_innovated(member[m]);
        count += made != NOBODY && made >= period - WAKE;
    }
    double recent = SWITCH_wakes ? (double)count / size : 0.0;
    double value = RULE_ally_value * (1.0 + RULE_ally_wake * recent);
    double alone = 0.0, product = 1.0, weakest = 1.0;
    for (int role = 0; role < ROLES; role++) {
        double best = 0.0;
        for (int m = 0; m < size; m++) {
            int j = member[m];
            double has = firms_capability(j, role) * (firms_digital(j) * strength(firms_reachable(j)));
            alone += has / ROLES;
            best = fmax(best, has);
        }
        product *= best;
        weakest = fmin(weakest, best);
    }
    if (decomposable(technology)) return value * alone;
    if (technology == MULTIPLICATIVE)
        return value * RULE_ally_multiplicative * size * sqrt(sqrt(product));
    return value * RULE_ally_weakest_link * size * weakest;
}

static void best_use(World *w, int64_t period, int i, double novelty, double *money, double *data) {
    double logic = firms_logic(i), worth = RULE_worth, reached = 0.0;
    for (int h = 0; h < HOMES; h++) {
        int p = relations_home(i, h);
        if (p != NOBODY)
            reached += platforms_users(p) / (platforms_services(p) + RULE_market_outside_service);
    }
    double opened = levers_scenario(period);
    if (SWITCH_scenarios) opened = opened + RULE_market_scenario;
    double price = RULE_market_spending_per_user * reached
        + opened / (w->all_service + RULE_market_outside_service);
    *money = (1.0 - RULE_market_support) * price * novelty;
    *data = RULE_accumulate_data_user_data * firms_digital(i) * reached * novelty;
    double better = RULE_innovate_quality * novelty / sqrt(firms_factors(i)) / firms_quality(i);
    double goods = RULE_innovate_margin * firms_revenue(i) * RULE_produce_quality_power * better;
    if (objective(logic, *money, *data, worth) > objective(logic, goods, 0.0, worth)) return;
    *money = goods;
    *data = 0.0;
}

static double prospect(World *w, int64_t period, int32_t *member, int size, int technology, int who) {
    double holds = decomposable(technology) ? 1.0 : survival(w, period, member, size);
    double others = 0.0, money, data;
    for (int m = 0; m < size; m++)
        if (member[m] != who) others += strength(firms_stock(member[m]));
    double part = holds * joint_value(w, period, member, size, technology) / size;
    best_use(w, period, who, part, &money, &data);
    money = RULE_innovate_horizon * money - RULE_ally_coordination * (size - 1);
    data = RULE_innovate_horizon * data + holds * RULE_ally_data_share * others;
    return objective(firms_logic(who), money, data, RULE_worth);
}

static int best_technology(World *w, int64_t period, int32_t *member, int size, int who) {
    if (SWITCH_pair_sum) return PAIRS;
    int best = ADDITIVE;
    double most = prospect(w, period, member, size, ADDITIVE, who);
    for (int technology = MULTIPLICATIVE; technology <= WEAKEST_LINK; technology++) {
        double value = prospect(w, period, member, size, technology, who);
        if (value > most) best = technology, most = value;
    }
    return best;
}

static int gather(World *w, int64_t period, int i, int32_t *member) {
    int size = 1, limit = SWITCH_multilateral ? MEMBERS : 2;
    double held = 0.0;
    member[0] = i;
    for (int n = 0; n < RELATED + CANDIDATES; n++) {
        int j = n < LINKS ? relations_link(i, n)
            : n < LINKS + SUPPLIERS ? relations_supplier(i, n - LINKS)
            : n < RELATED ? relations_customer(i)
            : relations_candidate(i, n - RELATED);
        int already = 0;
        if (j == NOBODY || size >= limit) continue;
        for (int m = 0; m < size; m++) already |= member[m] == j;
        if (already) continue;
        member[size] = j;
        int technology = best_technology(w, period, member, size + 1, i);
        double value = prospect(w, period, member, size + 1, technology, i);
        int willing = prospect(w, period, member, size + 1, technology, j) > 0.0;
        if (value > held && willing) size++, held = value;
        else member[size] = NOBODY;
    }
    return size;
}

void bench_ally(World *w, int64_t period, int64_t first, int64_t last) {
    for (int64_t r = first; r < last; r++) {
        int i = lists_roster(r);
        alliances_event(i) = 0;
        alliances_broken_a(i) = alliances_broken_b(i) = NOBODY;
        if (firms_mode(i) != DIGITAL_VALUE) continue;
        firms_mode(i) = NOBODY;
        int32_t *member = &alliances_member(i, 0);
        for (int m = 0; m < MEMBERS; m++) member[m] = NOBODY;
        int size = gather(w, period, i, member);
        if (size == 1) {
            double lost = RULE_innovate_cost * firms_factors(i) / RULE_innovate_horizon;
            double gain = RULE_innovate_horizon * objective(firms_logic(i), -lost, 0.0, RULE_worth);
            firms_attraction(i, DIGITAL_VALUE) =
                (1.0 - RULE_innovate_memory) * firms_attraction(i, DIGITAL_VALUE)
                + RULE_innovate_memory * gain;
            member[0] = NOBODY;
            continue;
        }
        alliances_headcount(i) = size;
        alliances_since(i) = (int32_t)period;
        alliances_technology(i) = (int8_t)best_technology(w, period, member, size, i);
        alliances_carrier(i) = shared_platform(w, i, member[1]);
        alliances_event(i) = 1;
        firms_spending(i) += RULE_ally_coordination * (size - 1);
    }
}
